import { CYRILLIC, classOf, LATIN } from '../characters.ts';
import { evidenceOf, type WordEvidence } from '../evidence.ts';
import { isCalendarWord } from './calendar.ts';
import { isTransliterated } from './transliterated.ts';

/** What a stretch of folded letters is, worked out when it is first met. The same letters are mostly the same object. */
export type Form = {
  readonly written: string;
  /** Where it is remembered: a number below 65,544 that few others share. */
  readonly place: number;
  /** LATIN, CYRILLIC, or 0. */
  readonly script: number;
  readonly evidence: WordEvidence;
  readonly isTransliterated: boolean;
  /** The name of a month or a day: with a number beside it, it may be a date. */
  readonly isCalendar: boolean;
};

const SLOTS = 1 << 16;
const PROBES = 8;
const MAX_FORM = 64;
const table: (Form | undefined)[] = new Array<Form | undefined>(SLOTS + PROBES).fill(undefined);

/** The form at a place of a folded text; looked up without cutting it out. At most 65,536 are remembered. */
export function formAt(text: string, start: number, end: number): Form {
  const last = Math.min(end, start + MAX_FORM);
  let hash = 0;
  for (let at = start; at < last; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  const slot = ((hash ^ (hash >>> 13)) >>> 0) & (SLOTS - 1);
  for (let probe = slot; probe < slot + PROBES; probe += 1) {
    const known = table[probe];
    if (known === undefined) return remember(probe, text, start, last);
    if (isAt(known.written, text, start, last)) return known;
  }
  return remember(slot + ((hash >>> 20) & (PROBES - 1)), text, start, last);
}

/** A form that is no part of a text. */
export function formOf(written: string): Form {
  return formAt(written, 0, written.length);
}

function isAt(written: string, text: string, start: number, end: number): boolean {
  if (written.length !== end - start) return false;
  for (let at = 0; at < written.length; at += 1) {
    if (written.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  }
  return true;
}

function remember(slot: number, text: string, start: number, end: number): Form {
  const form = readForm(detached(text, start, end), slot);
  table[slot] = form;
  return form;
}

/** A copy that shares no memory: engines keep the whole mail alive for a slice of it. */
function detached(text: string, start: number, end: number): string {
  const units: number[] = [];
  for (let at = start; at < end; at += 1) units.push(text.charCodeAt(at));
  return String.fromCharCode(...units);
}

const NO_EVIDENCE: WordEvidence = { en: 0, fi: 0, other: 0 };

function readForm(written: string, place: number): Form {
  const script = classOf(written.charCodeAt(0));
  const isLatin = script === LATIN;
  return {
    written,
    place,
    script: isLatin || script === CYRILLIC ? script : 0,
    evidence: isLatin ? evidenceOf(written.replaceAll("'", '')) : NO_EVIDENCE,
    isTransliterated: isLatin && isTransliterated(written),
    isCalendar: isCalendarWord(written),
  };
}

const NEAR = 1 << 12;
const MAX_REMEMBERED = 60_000;

/**
 * Remembers what is made of forms. The words of a text are mostly those of the texts before it: they are met at their
 * place, without a look into a table of all.
 */
export function madeOfForms<Made extends object>(make: (form: Form) => Made): (form: Form) => Made {
  const near: (Form | undefined)[] = new Array<Form | undefined>(NEAR).fill(undefined);
  const madeNear: (Made | undefined)[] = new Array<Made | undefined>(NEAR).fill(undefined);
  const all = new Map<Form, Made>();

  function fromAll(form: Form): Made {
    const known = all.get(form);
    if (known !== undefined) return known;
    if (all.size >= MAX_REMEMBERED) all.clear();
    const made = make(form);
    all.set(form, made);
    return made;
  }

  return (form) => {
    const at = form.place & (NEAR - 1);
    if (near[at] === form) return madeNear[at] as Made;
    const made = fromAll(form);
    near[at] = form;
    madeNear[at] = made;
    return made;
  };
}
