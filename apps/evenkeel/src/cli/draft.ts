import { writtenHere } from '@evenkeel/language/ambiguous';
import { checkDraft, type Engine, phraseOf, readAsks, readSignals } from '@evenkeel/language/engine';
import type { DraftKind, Finding, RuleLang } from '@evenkeel/language/finding';
import { loadEngine } from '@evenkeel/language/node';
import type { ReadingLevel } from '@evenkeel/language/reading-level';
import { needByWords, type ReplyNeed } from '@evenkeel/language/reply-need';
import type { Instant } from '../kernel/instant.ts';
import type { RecordLine } from '../modules/signal/draft-record.ts';
import { LANGUAGE_FOLDER } from '../modules/signal/engine.ts';
import type { Client } from './client.ts';
import { type Command, DATA_OPTION, type ExitCode, JSON_OPTION, textOf, UsageError } from './command.ts';
import { answerLines, type Line, langOf, readAll, TEXT_OPTIONS, textIn } from './detect-input.ts';
import { findingText, printed } from './detect-words.ts';
import { partyId } from './search.ts';

export const draftCommand: Command = {
  forms: [
    {
      usage:
        'draft [FILE] [--lang LANG] [--client NAME [--plain TERM=WORDS]] [--reply-to FILE] [--jsonl] [--json]',
      says: 'what to look at in a text of ours before it is sent, and whether a reply is needed; exit code 1 for a warning',
    },
  ],
  options: {
    ...TEXT_OPTIONS,
    client: {
      type: 'string',
      value: 'NAME',
      says: 'to whom it goes: as they are read, as an answer to their newest message, and against what the record holds',
    },
    plain: {
      type: 'string',
      multiple: true,
      value: 'TERM=WORDS',
      says: 'keep what a term is called in plain words to this client; TERM= keeps it no more',
    },
    'reply-to': { type: 'string', value: 'FILE', says: 'the message it answers' },
    ...DATA_OPTION,
    ...JSON_OPTION,
  },
  maxWords: 1,
  async run({ values, words }, { out, connect, chance }) {
    const name = words[0] ?? null;
    const lang = langOf(values.lang);
    const answered = textOf(values['reply-to']);
    const replyTo = answered === null ? null : await readAll(answered);
    const client = textOf(values.client);
    const plain = plainGiven(values.plain);
    if (client === null && plain.length > 0) throw new UsageError('--plain needs a --client');
    if (client !== null) {
      if (values.jsonl) throw new UsageError('--client and --jsonl do not go together');
      const wish = { text: await readAll(name), lang, replyTo, plain };
      const checked = await checkedFor(await connect(), client, wish);
      out.result(values.json ? JSON.stringify(checked) : textFor(checked));
      return codeOf(checked);
    }
    const engine = await loadEngine(LANGUAGE_FOLDER);
    const checking = { engine, now: chance.now() };
    if (values.jsonl) return checkLines(checking, name, lang, replyTo, out);
    const need = replyTo === null ? {} : { need: needOf(engine, replyTo) };
    const checked = { ...check(checking, await readAll(name), lang ?? undefined, replyTo), ...need };
    out.result(values.json ? JSON.stringify(checked) : textFor(checked));
    return codeOf(checked);
  },
};

type Checking = { readonly engine: Engine; readonly now: Instant };
type Plain = { readonly term: string; readonly plain: string | null };

/** `SLA=how fast we answer`. */
function plainGiven(given: unknown): readonly Plain[] {
  return (Array.isArray(given) ? given : []).map((one: string) => {
    const [term, words = null] = one.split(/=(.*)/su, 2) as [string, string?];
    if (term.trim() === '' || words === null)
      throw new UsageError(`--plain needs a term and its plain words, TERM=WORDS; "${one}" is none`);
    return { term, plain: words.trim() === '' ? null : words };
  });
}

type Checked = {
  readonly lang: string;
  /** Whether the message that is answered needs a reply; null where that cannot be said, left out where none is known. */
  readonly need?: ReplyNeed | null;
  /** With a client: where it is clearly harder to read than anything that they wrote. */
  readonly harder?: ReadingLevel | null;
  readonly findings: readonly (ReturnType<typeof printed> & {
    readonly level: 'warning' | 'note';
    /** A neutral way to say it, or what to add; null when there is none. */
    readonly phrase: string | null;
    /** With a client: the line of the record that speaks against it, or null. */
    readonly record?: RecordLine | null;
    /** Words that can stand in its place as they are. */
    readonly instead: readonly string[];
  })[];
};

function check(
  { engine, now }: Checking,
  text: string,
  given: RuleLang | undefined,
  replyTo: string | null,
): Checked {
  const { lang, findings } = checkDraft(engine, text, {
    lang: given,
    replyTo: replyTo ?? undefined,
    at: writtenHere(new Date(now)),
  });
  const spoken: RuleLang = lang === 'ru' || lang === 'fi' ? lang : 'en';
  return { lang, findings: findings.map((finding) => withPhrase(engine, spoken, finding)) };
}

function needOf(engine: Engine, message: string): ReplyNeed | null {
  return needByWords({ ...readAsks(engine, message), marks: readSignals(engine, message).findings });
}

function withPhrase(
  engine: Engine,
  lang: RuleLang,
  finding: Finding<DraftKind>,
): Checked['findings'][number] {
  const { level = 'warning', advice, instead = [] } = finding;
  return { ...printed(finding), level, phrase: advice ? phraseOf(engine, lang, advice) : null, instead };
}

function codeOf({ findings }: Checked): ExitCode {
  return findings.some(({ level }) => level === 'warning') ? 1 : 0;
}

/** A line may say what it answers: `{id, text, lang?, replyTo?}`. */
async function checkLines(
  checking: Checking,
  name: string | null,
  lang: RuleLang | null,
  replyTo: string | null,
  out: Parameters<typeof answerLines>[1],
): Promise<ExitCode> {
  let worst: ExitCode = 0;
  const code = await answerLines(name, out, (line) => {
    const given = textIn(line, lang);
    const checked = check(checking, given.text, given.lang, replyToIn(line) ?? replyTo);
    if (codeOf(checked) === 1) worst = 1;
    return checked;
  });
  return code === 0 ? worst : code;
}

function replyToIn(line: Line): string | null {
  return typeof line.replyTo === 'string' ? line.replyTo : null;
}

type DraftWish = {
  readonly text: string;
  readonly lang: RuleLang | null;
  readonly replyTo: string | null;
  readonly plain: readonly Plain[];
};

/** Checks with what the record knows of the client; the text itself is not kept. */
async function checkedFor(client: Client, word: string, { plain, ...wish }: DraftWish): Promise<Checked> {
  try {
    const party = await partyId(client.call, word);
    for (const words of plain)
      await client.call('PUT', `/api/parties/${party}/plain-words`, { ...words, lang: wish.lang });
    const replyTo = wish.replyTo === null ? 'newest' : { text: wish.replyTo };
    const response = await client.call('POST', '/api/language/draft', { ...wish, party, replyTo });
    const { lang, findings, harder = null } = (await response.json()) as Checked;
    return {
      ...{ lang, harder },
      need:
        wish.replyTo === null
          ? await needOfNewest(client, party)
          : await needOfText(client, party, wish.replyTo),
      findings: findings.map(({ level, phrase, record, instead, ...one }) => ({
        ...printed(one as never),
        ...{ level, phrase, record: record ?? null, instead },
      })),
    };
  } finally {
    await client.close();
  }
}

type Needing = { readonly need: ReplyNeed | null };

/** Of their newest message, held against everything that was answered before. */
async function needOfNewest({ call }: Client, party: string): Promise<ReplyNeed | null> {
  const page = await call('GET', `/api/parties/${party}/timeline?direction=inbound&limit=1`);
  const [newest] = ((await page.json()) as { items: { id: string }[] }).items;
  if (!newest) return null;
  const seen = await call('GET', `/api/interactions/${newest.id}/novelty?party=${party}`);
  return ((await seen.json()) as Needing).need;
}

async function needOfText({ call }: Client, party: string, text: string): Promise<ReplyNeed | null> {
  return ((await (await call('POST', '/api/language/read', { text, party })).json()) as Needing).need;
}

function needText(need: ReplyNeed): string {
  switch (need.is) {
    case 'nothing-asked':
      return 'No reply is needed: nothing is asked.';
    case 'answered':
      return 'No reply is needed: everything in it was answered before. One line is enough, or file it without a reply (in the web: Restrictions).';
    case 'partly-new':
      return `Only ${need.count} ${need.count === 1 ? 'thing is' : 'things are'} new in it; the rest was answered before.`;
  }
}

function textFor({ lang, findings, need = null, harder = null }: Checked): string {
  const head = [`Language: ${lang}`, ...(need === null ? [] : [needText(need)])];
  if (harder !== null)
    head.push(
      `Harder to read than anything they wrote: LIX ${harder.draft}, theirs at most ${harder.theirs}. Shorter sentences help.`,
    );
  if (findings.length === 0) return [...head, 'Nothing to look at.'].join('\n');
  const lines = findings.map((one) => {
    const help = [
      ...(one.record ? [`      record:  ${recordText(one.record)}`] : []),
      ...(one.phrase === null ? [] : [`      instead: ${one.phrase}`]),
      ...one.instead.map((words) => `      instead: ${words}`),
    ];
    return `${one.level === 'warning' ? 'LOOK' : 'note'}${findingText(one as never, help)}`;
  });
  return [...head, ...lines].join('\n');
}

/** Whose words, when, and in which record they can be looked up. */
function recordText({ what, number, side, quote, at, interactionId }: RecordLine): string {
  const named = number === null ? what : `${what} ${number}`;
  const whose = what === 'clause' || what === 'agreement' ? 'both' : side === 'ours' ? 'us' : 'them';
  const when = at === null ? '' : `, ${at.slice(0, 10)}`;
  const where = interactionId === null ? '' : `  (message ${interactionId})`;
  return `${named}, ${whose}${when}: "${quote.replace(/\s+/g, ' ').trim()}"${where}`;
}
