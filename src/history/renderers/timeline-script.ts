/**
 * All that the timeline does beyond links and forms: while the slider moves, its time is told; when it rests, the page of that time is fetched and takes
 * the place of what is shown, under its own address. Without it the form's button does the same. It is the whole content of the page's only `script`.
 */
export const timelineScript = `'use strict';
const form = document.getElementById('slide'), slider = document.getElementById('place'), told = document.getElementById('told');
const { first, step, zone } = form.dataset, language = document.documentElement.lang.replace(/^en$/, 'en-GB');
const days = new Intl.DateTimeFormat(language, { dateStyle: zone ? 'long' : 'full', timeZone: zone ?? 'UTC' });
const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone ?? 'UTC' });
const timeOf = (end = +first + (+slider.value + 1) * step) => zone ? days.format(end) + ' ' + clock.format(end) : days.format(end - step);
const tell = () => { told.value = timeOf(); slider.setAttribute('aria-valuetext', timeOf()); };
let turn = 0, rest;
const show = async (address, keep) => {
  const mine = ++turn;
  const answer = await fetch(address, { headers: { accept: 'text/html' } });
  if (!answer.ok) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (mine !== turn) return;
  for (const id of ['then', 'now-line']) document.getElementById(id).replaceWith(page.getElementById(id));
  document.getElementById('status').textContent = page.getElementById('status').textContent;
  if (!keep) slider.value = page.getElementById('place').value;
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
export const timelineScriptHash = 'sha256-WNkojYLvbx250FHk8dxjEQO53OI5XIllmN7d3nRxgVM=';
