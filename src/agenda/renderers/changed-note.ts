import { attribute, html, Html } from '../../http/html.js';

/**
 * All that a page does by itself: while somebody looks at it, it listens whether what it shows has changed, and then offers the page as it is now. It never reloads by
 * itself, and a copy that lies elsewhere does nothing. It is the whole content of a `script`.
 */
export const changedScript = `'use strict';
{
  const note = document.getElementById('changed');
  const to = new URL(location.href);
  for (const name of ['asOf', 'version', 'day', 'before', 'after']) to.searchParams.delete(name);
  to.hash = '';
  note.querySelector('a').href = to.href;
  let source, opened = false, told = false;
  const leave = () => { source?.close(); source = undefined; };
  const listen = () => {
    if (source || told || document.hidden) return;
    source = new EventSource(note.dataset.changes);
    source.onopen = () => { opened = true; };
    source.onmessage = () => { told = true; leave(); note.firstElementChild.hidden = false; };
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      leave();
      if (opened) setTimeout(listen, 6e4 + Math.random() * 6e4);
    };
  };
  document.addEventListener('visibilitychange', () => { if (document.hidden) leave(); else listen(); });
  if (location.protocol.startsWith('http')) listen();
}
`;

/** By which a content security policy names it. A test holds it against the script. */
export const changedScriptHash = 'sha256-ODAxNMCVnoeZN3RzlFyIDmSA9sAOTEwhdCgGRTO04Xw=';

/** That what is shown has changed, and a way to it: hidden until it is so. `page`, `changes`: the addresses of itself and of what to listen to, beside each other. */
export const changedNote = (page: string, changes: string, says: string, show: string): Html =>
  html`<div id="changed" role="status"${attribute('data-changes', changes)}><p class="changed-note" hidden>${says} <a href="${page}">${show}</a></p></div>\n`;

/** To stand at the end of a page with such a note. */
export const changedScriptElement = html`<script>${new Html(changedScript)}</script>\n`;
