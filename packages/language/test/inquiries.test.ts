import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Engine, phraseOf, readInquiry } from '../src/engine.ts';
import { loadEngine } from '../src/node.ts';

type Inquiries = {
  readonly ordinary: readonly string[];
  readonly asking: readonly (readonly [string, string, string])[];
};
const root = new URL('../../../', import.meta.url);
const engine: Engine = await loadEngine(fileURLToPath(new URL('packages/language', root)));
const inquiriesIn = (lang: string) =>
  parse(readFileSync(new URL(`fixtures/inquiries/${lang}.yaml`, root), 'utf8')) as Inquiries;
const LANGS = ['en', 'ru', 'fi'] as const;

test.each(LANGS)('an ordinary inquiry in %s has no word marked', (lang) => {
  const marked = inquiriesIn(lang).ordinary.flatMap((text) => readInquiry(engine, text).findings);
  expect(marked.map(({ kind, quote }) => `${kind}: ${quote}`)).toEqual([]);
});

test.each(LANGS)('words worth a question in %s are quoted, with the question to ask next', (lang) => {
  for (const [kind, words, text] of inquiriesIn(lang).asking) {
    const found = readInquiry(engine, text).findings.find(
      (finding) => finding.kind === kind && finding.quote.toLowerCase().includes(words),
    );
    expect(found, `${kind}: ${text}`).toBeDefined();
    expect(text.slice(found!.start, found!.end)).toBe(found!.quote);
    expect(phraseOf(engine, lang, found!.advice ?? ''), text).toMatch(/\?$/);
  }
});
