import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { t } from '../words/t.ts';
import type { Place } from './find-words.ts';
import { type Led, step, type Unit, wholeOf } from './steps-in-text.ts';

type ByKey = {
  isOn: boolean;
  /** Where to begin; the beginning of the text when null. */
  from: Place | null;
  onLeave: () => void;
  children: ReactNode;
};

const STEPS: Readonly<Record<string, readonly [Unit, 1 | -1]>> = {
  ArrowRight: ['word', 1],
  ArrowLeft: ['word', -1],
  ArrowDown: ['sentence', 1],
  ArrowUp: ['sentence', -1],
};

/**
 * Words of a message are selected by the arrows, without the caret of the browser: sideways by word, up and down by
 * sentence, with Shift for more. It is the page's own selection, so every key for selected words works on it.
 */
export function WordsByKey({ isOn, from, onLeave, children }: ByKey) {
  const box = useRef<HTMLDivElement>(null);
  const [led, setLed] = useState<Led | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (!isOn || !box.current) return;
    box.current.focus();
    const text = textIn(box.current);
    const begin = from ? { anchor: from, focus: from } : step(text, null, 'sentence', 1, false);
    setLed(begin);
    if (begin) setSaid(show(box.current, begin));
  }, [isOn, from]);
  if (!isOn) return <div ref={box}>{children}</div>;
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.nativeEvent.stopImmediatePropagation();
      window.getSelection()?.removeAllRanges();
      onLeave();
    }
    const [unit, by] = STEPS[event.key] ?? [];
    if (!unit || !by || !box.current || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = step(textIn(box.current), led, unit, by, event.shiftKey);
    setLed(next);
    if (next) setSaid(show(box.current, next));
  };
  return (
    <>
      <p className="small quiet">{t('select.how')}</p>
      <div
        ref={box}
        role="application"
        aria-label={t('select.title')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that is walked by keys takes them
        tabIndex={0}
        onKeyDown={press}
        className="words-by-key"
      >
        {children}
      </div>
      <p className="unseen" aria-live="assertive">
        {said === '' ? '' : t('select.said', { words: said })}
      </p>
    </>
  );
}

/** The text nodes of the words; headings of folded parts are the page's and not the record's. */
function nodesIn(box: HTMLElement): readonly Text[] {
  const words = box.querySelector('.words');
  if (!words) return [];
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest('summary, details:not([open])')
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  );
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
}

function textIn(box: HTMLElement): string {
  return nodesIn(box)
    .map(({ data }) => data)
    .join('');
}

/** Selects it on the page; gives back its words. */
function show(box: HTMLElement, led: Led): string {
  const { start, end } = wholeOf(led);
  const [first, last] = [placeOf(box, start), placeOf(box, end)];
  if (!first || !last) return '';
  window.getSelection()?.setBaseAndExtent(first.node, first.offset, last.node, last.offset);
  first.node.parentElement?.scrollIntoView({ block: 'nearest' });
  return textIn(box).slice(start, end);
}

function placeOf(box: HTMLElement, offset: number): { node: Text; offset: number } | null {
  let left = offset;
  for (const node of nodesIn(box)) {
    if (left <= node.length) return { node, offset: left };
    left -= node.length;
  }
  return null;
}
