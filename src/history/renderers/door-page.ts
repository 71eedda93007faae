import { attribute, html, type Html } from '../../http/html.js';
import { pageOf } from './page.js';
import type { Sentences } from './saying.js';

/** Where a browser shows the token, once: then it is led to the page that it asked for. */
export const doorPage = (sentences: Sentences, to: string, isAgain: boolean): string => {
  const { page } = sentences;
  return pageOf(sentences, {
    title: page.title,
    body: html`<main>
<header>
<p class="when">${page.title}</p>
<h1>${page.signInTitle}</h1>
</header>
${isAgain ? html`<p class="notice" role="alert" id="wrong">${page.wrongToken}</p>\n` : undefined}<form action="/access" method="post">
<p id="help">${page.signInHelp}</p>
<p class="spaced"><label for="token">${page.token}</label><input type="password" id="token" name="token" required autocomplete="current-password" aria-describedby="help"${isAgain ? attribute('aria-invalid', 'true') : undefined}></p>
<p class="spaced"><input type="hidden" name="to" value="${to}"><button>${page.signIn}</button></p>
</form>
</main>
`,
  });
};

/** Ends what the door began. `to`: the page to come back to. */
export const leavingForm = ({ page }: Sentences, to: string): Html =>
  html`<form action="/access/leaving" method="post"><input type="hidden" name="to" value="${to}"><button class="quiet-button">${page.signOut}</button></form>\n`;
