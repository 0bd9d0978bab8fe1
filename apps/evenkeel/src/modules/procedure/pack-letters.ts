import { fieldName, fieldsIn, QUOTE_FIELDS, RECORD_FIELDS, ROW_FIELDS } from './fields.ts';
import { LANGS, letterPath, type Pack } from './pack.ts';
import type { Complain } from './pack-problem.ts';

type ComplainFile = (file: string, line: number, reason: string) => void;

/** What no text of ours says of a person, and what it never promises; quotes come from the record, not from packs. */
const NEVER_SAID =
  /difficult (?:client|person|customer)|aggressive|unreasonabl|tamper-proof|legally binding|неадекватн|агрессивн|скандальн|hankala(?:n|lle)? asiak|aggressiivi|kohtuut/iu;

/** Checks that letters are written in each language, name only fields that somebody fills, and judge nobody. */
export function checkLetters(pack: Pack, complain: Complain, complainFile: ComplainFile): void {
  for (const letter of Object.keys(pack.letters)) checkLetter(pack, letter, complainFile);
  checkFields(pack, complain);
  checkWords(pack, complain);
}

function checkLetter(pack: Pack, letter: string, complainFile: ComplainFile): void {
  const isRow = pack.letters[letter]!.row;
  for (const lang of LANGS) {
    const text = pack.letterTexts[letter]![lang];
    if (text === '') continue;
    const file = letterPath(letter, lang);
    const complain = (index: number, reason: string) => complainFile(file, lineAt(text, index), reason);
    if (!isRow && !/^# \S/.test(text)) complain(0, 'a letter begins with its subject, "# Subject"');
    const never = NEVER_SAID.exec(text);
    if (never) complain(never.index, `"${never[0]}" is never said`);
    for (const { name, index } of fieldsIn(text))
      if (!isFilled(pack, name, isRow)) complain(index, `nobody fills {{${name}}}`);
  }
}

function isFilled(pack: Pack, field: string, isRow: boolean): boolean {
  if (isRow) return field in ROW_FIELDS;
  const { name, of } = fieldName(field);
  const kind = RECORD_FIELDS[name];
  if (QUOTE_FIELDS.includes(name) && pack.starts !== 'quote') return false;
  if (of === null) return kind?.of === null || name in pack.fields;
  if (kind?.of === 'step') return pack.steps.some(({ id, due }) => id === of && due !== null);
  if (kind?.of === 'letter') return pack.letters[of]?.row === false;
  return kind?.of === 'row' && pack.letters[of]?.row === true;
}

function checkFields(pack: Pack, complain: Complain): void {
  const texts = Object.values(pack.letterTexts).flatMap((letter) => LANGS.map((lang) => letter[lang]));
  const used = new Set(texts.flatMap((text) => fieldsIn(text).map(({ name }) => name)));
  for (const [name, { prefill }] of Object.entries(pack.fields)) {
    if (name in RECORD_FIELDS) complain(['fields', name], `${name} is filled from the record`);
    if (!used.has(name)) complain(['fields', name], `no letter has {{${name}}}`);
    if (prefill !== undefined && RECORD_FIELDS[prefill]?.of !== null)
      complain(['fields', name, 'prefill'], `${prefill} is no field of the record`);
  }
}

function checkWords(pack: Pack, complain: Complain): void {
  const look = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value === 'string') {
      const never = NEVER_SAID.exec(value);
      if (never) complain(path, `"${never[0]}" is never said`);
    } else if (Array.isArray(value)) {
      value.forEach((one, i) => {
        look(one, [...path, i]);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) look(one, [...path, key]);
    }
  };
  const { letterTexts: _, ...rest } = pack;
  look(rest, []);
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
