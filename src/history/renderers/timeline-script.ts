/**
 * All that the timeline does beyond links and forms: while the slider moves, its day is told; when it rests, the page of that day is fetched and takes
 * the place of what is shown, under its own address. Without it the form's button does the same. It is the whole content of the page's only `script`.
 */
export const timelineScript = `'use strict';
const form = document.getElementById('slide'), slider = document.getElementById('day'), told = document.getElementById('told-day');
const days = new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, 'en-GB'), { dateStyle: 'full', timeZone: 'UTC' });
const dayOf = () => days.format(Date.parse(form.dataset.first) + slider.value * 864e5);
const tell = () => { told.value = dayOf(); slider.setAttribute('aria-valuetext', dayOf()); };
let turn = 0, rest;
const show = async (address, keep) => {
  const mine = ++turn;
  const answer = await fetch(address, { headers: { accept: 'text/html' } });
  if (!answer.ok) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (mine !== turn) return;
  for (const id of ['then', 'now-line']) document.getElementById(id).replaceWith(page.getElementById(id));
  document.getElementById('status').textContent = page.getElementById('status').textContent;
  if (!keep) slider.value = page.getElementById('day').value;
  history.pushState(null, '', answer.url);
  tell();
};
slider.addEventListener('input', tell);
slider.addEventListener('change', () => {
  clearTimeout(rest);
  rest = setTimeout(() => show(form.action + '?' + new URLSearchParams(new FormData(form)), true), 150);
});
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-moment]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const { id } = link;
  show(link.href).then(() => id && document.getElementById(id)?.focus());
});
addEventListener('popstate', () => location.reload());
document.getElementById('show').hidden = true;
tell();
`;

/** By which a content security policy names it. A test holds it against the script. */
export const timelineScriptHash = 'sha256-gdsMLQlsgUme7/J/5tuqvag9lGGcHYaqhLTJFQGupYo=';
