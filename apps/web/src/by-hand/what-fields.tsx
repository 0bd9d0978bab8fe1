import { Textarea, TextInput } from '@mantine/core';
import { t } from '../words/t.ts';
import { type Change, type Draft, type Fault, hasDirection, lasts } from './draft.ts';
import { NeutralCheck } from './neutral-check.tsx';

const CHANNELS = ['phone', 'video', 'inPerson', 'chat', 'post'] as const;

type Given = { draft: Draft; change: Change; faults: ReadonlySet<Fault> };

/** What happened in our neutral words, what they said in theirs, and what came of it. */
export function WhatFields({ draft, change, faults }: Given) {
  return (
    <>
      <Textarea
        label={draft.kind === 'note' ? t('byhand.note') : t('byhand.what')}
        description={t('byhand.whatHow')}
        size="md"
        autosize
        minRows={4}
        maxRows={16}
        value={draft.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        error={faults.has('nothing') && t('byhand.nothing')}
        spellCheck
      />
      <NeutralCheck text={draft.text} />
      <Quotes quotes={draft.quotes} change={change} />
      <Textarea
        label={t('byhand.outcome')}
        size="md"
        autosize
        minRows={1}
        maxRows={6}
        value={draft.outcome}
        onChange={(event) => change({ outcome: event.currentTarget.value })}
      />
      {(lasts(draft) || hasDirection(draft)) && <WithWhom draft={draft} change={change} />}
    </>
  );
}

function WithWhom({ draft, change }: Omit<Given, 'faults'>) {
  return (
    <div className="by-hand-pair">
      <TextInput
        label={t('byhand.people')}
        size="md"
        value={draft.people}
        onChange={(event) => change({ people: event.currentTarget.value })}
        placeholder={t('byhand.peopleHow')}
      />
      <TextInput
        label={t('byhand.channel')}
        size="md"
        list="by-hand-channels"
        value={draft.channel}
        onChange={(event) => change({ channel: event.currentTarget.value })}
      />
      <datalist id="by-hand-channels">
        {CHANNELS.map((channel) => (
          <option key={channel} value={t(`channel.${channel}`)} />
        ))}
      </datalist>
    </div>
  );
}

/** Each quote by itself; an empty one at the end is ready to be typed into. */
function Quotes({ quotes, change }: { quotes: readonly string[]; change: Change }) {
  const shown = quotes.at(-1)?.trim() === '' ? quotes : [...quotes, ''];
  const put = (at: number, quote: string) =>
    change({ quotes: shown.map((one, index) => (index === at ? quote : one)).filter(isLastOrSaid) });
  return (
    <fieldset className="chips by-hand-quotes">
      <legend>{t('byhand.quotes')}</legend>
      <p className="small quiet">{t('byhand.quotesHow')}</p>
      {shown.map((quote, at) => (
        <Textarea
          // biome-ignore lint/suspicious/noArrayIndexKey: a quote is known by its place while it is typed
          key={at}
          size="md"
          autosize
          minRows={1}
          maxRows={6}
          aria-label={t('byhand.quote', { number: at + 1 })}
          placeholder={at === shown.length - 1 ? t('byhand.quoteNext') : ''}
          value={quote}
          onChange={(event) => put(at, event.currentTarget.value)}
        />
      ))}
    </fieldset>
  );
}

function isLastOrSaid(quote: string, at: number, all: readonly string[]): boolean {
  return quote.trim() !== '' || at === all.length - 1;
}
