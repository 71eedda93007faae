import { html, Html, type Part } from './html.js';

/** The mark of our pages in a browser's tab: a council sits in a ring. It is in the page itself, so that no browser asks for a file. */
export const pageIcon = html`<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Ccircle cx=%228%22 cy=%228%22 r=%225.5%22 fill=%22none%22 stroke=%22%232a8a99%22 stroke-width=%223%22 stroke-dasharray=%223 1.32%22/%3E%3C/svg%3E">\n`;

const style = `
:root { color-scheme: light dark; --ground: #ffffff; --ink: #1c2226; --quiet: #535c63; --accent: #0b5a66; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181b; --ink: #e9e7e2; --quiet: #a7b0b6; --accent: #7fcbd8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 3rem; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin-block: .6rem; font: 700 clamp(1.75rem, 1.3rem + 2vw, 2.5rem)/1.2 Charter, Georgia, serif; text-wrap: balance; }
h2 { margin-block: 2rem .5rem; font-size: 1.2rem; }
a { color: var(--accent); text-underline-offset: .15em; }
ul { padding-inline-start: 1.2rem; }
li { margin-block: .5rem; }
.quiet { color: var(--quiet); font-size: .9rem; }
label { display: block; font-weight: 600; }
input, button { max-width: 100%; padding: .4rem .6rem; font: inherit; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/** A short page, in English or the language that is named, with its style in it and nothing beside. */
export const plainPage = (title: string, body: Part, language = 'en'): string =>
  html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} – Baraza</title>
${pageIcon}<style>${new Html(style)}</style>
</head>
<body>
<main>
${body}</main>
</body>
</html>
`.markup;
