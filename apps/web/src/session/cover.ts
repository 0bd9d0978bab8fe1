import { t } from '../words/t.ts';
import './cover.css';

const COVERED = 'covered';
const TWICE_MS = 600;
const KEY = 'evenkeel.cover';
/** What covers has a cover of its own. */
const OWN_COVER = /^\/live(?:\/|$)/;

let titleBefore = '';
let last = { what: '', at: 0 };

/**
 * Shows a page that says nothing, at once: the page that was there stays as it is behind it, and none of it can be seen,
 * heard or focused. Nothing is asked of the server, and nothing waits for anything.
 */
export function cover(): void {
  if (isCovered()) return;
  const page = document.createElement('div');
  page.id = 'cover';
  page.append(...neutralPage());
  document.body.append(page);
  document.documentElement.classList.add(COVERED);
  titleBefore = document.title;
  document.title = t('cover.title');
}

function uncover(): void {
  document.getElementById('cover')?.remove();
  document.documentElement.classList.remove(COVERED);
  document.title = titleBefore;
}

function isCovered(): boolean {
  return document.documentElement.classList.contains(COVERED);
}

/** The key that covers besides Escape twice; it is remembered here, so that it works before anything is loaded. */
export function chooseCoverKey(key: string): void {
  localStorage.setItem(KEY, key);
}

/** Listens everywhere, also in fields and dialogs, before anybody else does; called once. */
export function listenForCover(): void {
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('pointerup', onTap, true);
}

function onKey(event: KeyboardEvent): void {
  if (event.repeat || event.isComposing || OWN_COVER.test(location.pathname)) return;
  const isChosen = event.key === localStorage.getItem(KEY);
  if (!isChosen && !(isSecond(event.key, event.timeStamp) && event.key === 'Escape')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  turn();
}

/** On a phone: twice on the name in the bar, and twice on the heading of the cover. */
function onTap(event: PointerEvent): void {
  const on = event.target instanceof Element ? event.target.closest('.bar-name, #cover h1') : null;
  if (on && isSecond(on.tagName, event.timeStamp)) turn();
}

function isSecond(what: string, at: number): boolean {
  const isIt = last.what === what && at - last.at < TWICE_MS;
  last = isIt ? { what: '', at: 0 } : { what, at };
  return isIt;
}

function turn(): void {
  if (isCovered()) uncover();
  else cover();
}

function neutralPage(): readonly HTMLElement[] {
  const heading = document.createElement('h1');
  heading.textContent = t('cover.title');
  const list = document.createElement('ul');
  for (const line of t('cover.lines').split(';')) {
    const item = document.createElement('li');
    item.textContent = line.trim();
    list.append(item);
  }
  return [heading, list];
}
