import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Side } from '../../packages/language/src/acts/act-weights.ts';
import {
  DRAFT_KINDS,
  type FindingKind,
  type RuleLang,
  SIGNAL_KINDS,
} from '../../packages/language/src/finding.ts';
import { compilePacks } from '../../packages/language/src/rules/compile-packs.ts';
import { sourceEnd, sourceStart } from '../../packages/language/src/text/normalise.ts';
import { readText } from '../../packages/language/src/text/reading.ts';
import { readPacks } from '../packs/read-packs.ts';
import { labelledRows } from './labelled.ts';
import { type Row, readRows } from './rows.ts';

/** One line of text and what is known of it. A group never lies on both sides of a split. */
export type ActRow = {
  readonly text: string;
  readonly group: string;
  /** What it says; nothing: it says none of the kinds, or, where `isOfOneKind`, at least not that which it sounds like. */
  readonly says: readonly FindingKind[];
  readonly isOfOneKind: boolean;
  /** How much it counts. */
  readonly weight: number;
  /** The kind that it was written for, and says. */
  readonly written: FindingKind | null;
  /** Written by ourselves, as one of a pair or as calm talk. */
  readonly isOurs: boolean;
  /** Of a whole message that we wrote: there most sentences only tell what happened. */
  readonly isOfMessage: boolean;
  /** Calm talk of others about their business. */
  readonly isBusiness: boolean;
  /** A line of a film or a calm post: people who talk as they do, and not to a firm's clerk. */
  readonly isSpoken: boolean;
  /** A sentence of real messages that were labelled by hand, or of letters that we hand out. */
  readonly isReal: boolean;
};

const KINDS_OF: Readonly<Record<Side, readonly FindingKind[]>> = { client: SIGNAL_KINDS, draft: DRAFT_KINDS };

/** Rules' examples are short and alike. */
const OF_A_RULE = 0.6;
const SUBTITLES = 0.15;
const OF_A_LETTER = 4;

/** Every row of a language and side: sentences of our own, examples of rules, phrases to use, and calm texts. */
export function actRows(root: string, data: string, lang: RuleLang, side: Side): ActRow[] {
  return [
    ...written(join(root, 'packages/language/sentences', lang), side),
    ...(side === 'client' ? ofMessages(join(root, 'packages/language/letters', lang)) : []),
    ...ofRules(root, lang, side),
    ...calmRows(data, lang),
    ...realRows(data, lang, side),
    ...labelledSentences(data, lang, side),
    ...(side === 'draft' ? letterRows(root, lang) : []),
  ];
}

/** Reads `+ it says it` and `- it does not`, pairs apart by an empty line; `+also:kind` says a second kind too. */
function written(folder: string, side: Side): ActRow[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.startsWith(`${side}-`));
  return names.sort().flatMap((name) => {
    const kind = name.slice(side.length + 1, -'.txt'.length) as FindingKind;
    let pair = 0;
    return readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line): ActRow[] => {
        if (line.trim() === '' || (kind as string) === 'calm') pair += 1;
        const read = /^([+-])((?:also:\w+,?)*)\s+(.+)$/.exec(line.trim());
        if (!read) return [];
        const [, sign, also = '', text = ''] = read;
        const isSaid = sign === '+';
        const more = [...also.matchAll(/also:(\w+)/g)].map(([, one]) => one as FindingKind);
        return [
          {
            ...calm(text, `${name} ${pair}`, 1),
            says: isSaid ? [kind, ...more] : [],
            written: isSaid ? kind : null,
            isOurs: true,
          },
        ];
      });
  });
}

/** Reads `kind kind | a sentence` and `- | a sentence that says none`; messages apart by an empty line, each behind `# whose`. */
function ofMessages(folder: string): ActRow[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return names.sort().flatMap((name) => {
    let message = 0;
    return readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line): ActRow[] => {
        if (line.startsWith('#')) message += 1;
        const read = /^([a-z_ ]+|-) \| (.+)$/.exec(line);
        if (!read) return [];
        const [, kinds = '', text = ''] = read;
        const says = kinds === '-' ? [] : (kinds.split(' ') as FindingKind[]);
        return [{ ...calm(text, `${name} ${message}`, 1), says, isOfMessage: true }];
      });
  });
}

function ofRules(root: string, lang: RuleLang, side: Side): ActRow[] {
  const { examples, pack } = compilePacks(lang, readPacks(join(root, 'packs/language'), lang).files);
  const kinds = KINDS_OF[side];
  const found = examples.filter(({ rule }) => kinds.includes(rule.kind));
  const rows = found.flatMap(({ rule, finds, ignores }) => {
    const row = (text: string, isSaid: boolean): ActRow => ({
      ...calm(text, `${rule.id} ${text}`, OF_A_RULE),
      says: isSaid ? [rule.kind] : [],
      isOfOneKind: true,
    });
    return [...finds.map((text) => row(text, true)), ...ignores.map((text) => row(text, false))];
  });
  return [...rows, ...Object.entries(pack.phrases).map(([key, text]) => calm(text, key, 1))];
}

/** The letters that we hand out are calm, whatever is filled in. */
function letterRows(root: string, lang: RuleLang): ActRow[] {
  const names = globSync(`packs/**/*.${lang}.md`, { cwd: root }).sort();
  return names.flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8').replaceAll(/\{\{[^}]*\}\}/g, '1');
    return sentencesIn(text, lang).map((sentence) => ({
      ...calm(sentence, name, OF_A_LETTER),
      isReal: true,
    }));
  });
}

const CALM: Readonly<Record<RuleLang, readonly string[]>> = {
  en: ['en_benign_support_chat', 'en_business_email_sentences'],
  ru: [],
  fi: [],
};
const CALM_FEELINGS = new Set(['neutral', 'joy', 'trust', 'anticipation']);

/** Texts that say nothing of the kind to us, as far as anybody knows; lines of a film in anger or in tears are not learnt from. */
function calmRows(data: string, lang: RuleLang): ActRow[] {
  const business = CALM[lang].flatMap((name) =>
    readRows(data, name).map(({ text, dialogue, id }) => ({
      ...calm(text, dialogue ?? id, 1),
      isBusiness: true,
    })),
  );
  const subtitles = readRows(data, `${lang}_emotion_subtitles`).map(({ text, id, labels }) => ({
    ...calm(text, id, labels.every((label) => CALM_FEELINGS.has(label)) ? SUBTITLES : 0),
    isSpoken: true,
  }));
  return [...business, ...subtitles];
}

/** Posts to firms, of which those with these labels are calm. */
const POSTS: Readonly<
  Record<RuleLang, readonly { readonly name: string; readonly calm: readonly string[] }[]>
> = {
  en: [{ name: 'en_airline_tweets', calm: ['neutral', 'positive'] }],
  ru: [{ name: 'ru_company_tweets', calm: ['neutral'] }],
  fi: [],
};
const HAND_LABELLED: Readonly<Record<Side, string>> = {
  client: 'signals_client_handlabelled',
  draft: 'signals_agent_handlabelled',
};

/** Real messages, never learnt from: posts that are calm, and what was labelled by hand for what it says. */
function realRows(data: string, lang: RuleLang, side: Side): ActRow[] {
  const sentences = ({ text, id, labels }: Row) =>
    sentencesIn(text, lang).map((sentence) => ({
      ...calm(sentence, id, 0),
      says: labels as FindingKind[],
    }));
  const posts = POSTS[lang].flatMap(({ name, calm: labels }) =>
    readRows(data, name).filter((row) => row.labels.every((label) => labels.includes(label))),
  );
  const labelled = readRows(data, HAND_LABELLED[side]).filter((row) => row.lang === lang);
  return [
    ...posts.flatMap((row) => sentences({ ...row, labels: [] }).map((one) => ({ ...one, isSpoken: true }))),
    ...labelled.flatMap((row) => sentences(row).map((one) => ({ ...one, isReal: true }))),
  ];
}

/** Of what we labelled ourselves, these may be learnt from: complaints to an authority of the US, in the public domain. */
const LEARNT = 'raw_en_cfpb_narratives';

/** Sentences of real messages that we labelled, but for those that are only counted; a sentence says what begins in it. */
function labelledSentences(data: string, lang: RuleLang, side: Side): ActRow[] {
  const rows = labelledRows(data).filter((row) => row.isOpen && row.lang === lang && row.side === side);
  return rows.flatMap(({ id, text, spans, source }) =>
    placesIn(text, lang).map(([start, end]) => ({
      ...calm(text.slice(start, end), id.split('@')[0]!, source === LEARNT ? 1 : 0),
      says: spans
        .filter((span) => span.start >= start && span.start < end)
        .map(({ label }) => label as FindingKind),
      isReal: true,
    })),
  );
}

function sentencesIn(text: string, lang: RuleLang): string[] {
  return placesIn(text, lang).map(([start, end]) => text.slice(start, end));
}

function placesIn(text: string, lang: RuleLang): (readonly [start: number, end: number])[] {
  const { sentences, normalised } = readText(text, lang);
  return sentences.map(({ tokens }) => [
    sourceStart(normalised, tokens[0]?.start ?? 0),
    sourceEnd(normalised, tokens.at(-1)?.end ?? 0),
  ]);
}

function calm(text: string, group: string, weight: number): ActRow {
  return {
    text,
    group,
    says: [],
    isOfOneKind: false,
    weight,
    written: null,
    isOurs: false,
    isOfMessage: false,
    isBusiness: false,
    isSpoken: false,
    isReal: false,
  };
}
