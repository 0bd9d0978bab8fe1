import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { PointLine } from '../generated/types.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { named, t } from '../words/t.ts';
import { type CiteWish, type NewPoint, pointsQuery } from './points.queries.ts';
import { useMaking, useSaying } from './use-saying.ts';

/** What selected words can be: of theirs, and of ours. */
const THEIRS = ['new', 'raise', 'agree', 'expect', 'reopen'] as const;
const OURS = ['answer'] as const;
type Use = (typeof THEIRS)[number] | (typeof OURS)[number];
export type Kind = NewPoint['kind'];
export const KINDS: readonly Kind[] = ['demand', 'complaint', 'question', 'accusation', 'threat'];

/** Which states a use is possible in: what is settled is neither answered nor agreed once more. */
const POSSIBLE: Readonly<Record<Use, readonly PointLine['state'][]>> = {
  new: ['open', 'answered', 'agreed', 'closed'],
  raise: ['open', 'answered', 'agreed', 'closed'],
  expect: ['open', 'answered', 'agreed', 'closed'],
  agree: ['open', 'answered'],
  answer: ['open', 'answered'],
  reopen: ['answered', 'agreed', 'closed'],
};

type Shown = {
  partyId: string;
  cite: CiteWish;
  side: 'theirs' | 'ours' | 'both';
  suggested?: { kind: Kind; title: string } | undefined;
  onDone: () => void;
};

/** What the selected words are: a new point, or words of one that is there. */
export function CiteForm({ partyId, cite, side, suggested, onDone }: Shown) {
  const uses: readonly Use[] = side === 'ours' ? OURS : side === 'theirs' ? THEIRS : [...THEIRS, ...OURS];
  const [use, setUse] = useState<Use>(uses[0]!);
  const [kind, setKind] = useState<Kind>(suggested?.kind ?? 'demand');
  const [title, setTitle] = useState(suggested?.title ?? cite.quote.slice(0, 60));
  const [chosen, setChosen] = useState('');
  const [newFact, setNewFact] = useState('');
  const loaded = useQuery(pointsQuery(partyId)).data?.items;
  const points = loaded ?? [];
  const possible = points.filter(({ state }) => POSSIBLE[use].includes(state));
  const pointId = possible.some(({ id }) => id === chosen) ? chosen : (possible[0]?.id ?? '');
  const making = useMaking(partyId, onDone);
  const saying = useSaying(partyId, onDone);
  const error = making.error ?? saying.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (use === 'new') {
      const aboutId = hasBehind(kind) && chosen !== '' ? chosen : null;
      making.mutate({ kind, title, cite, aboutId });
    } else
      saying.mutate({
        id: pointId,
        said: use === 'reopen' ? { does: use, cite, newFact } : { does: use, cite },
      });
  };
  return (
    <form className="sheet point-form stack" onSubmit={submit} aria-label={t('point.formTitle')}>
      <p className="small">
        <q>{cite.quote}</q>
      </p>
      <fieldset className="choices">
        <legend>{t('point.these')}</legend>
        {uses.map((each) => (
          <label key={each}>
            <input type="radio" name="use" checked={each === use} onChange={() => setUse(each)} />
            {named('pointUse', each)}
          </label>
        ))}
      </fieldset>
      {use === 'new' ? (
        <>
          <TextInput
            label={t('point.name')}
            description={t('point.nameHint')}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            maxLength={200}
            required
            autoFocus
            withAsterisk={false}
          />
          <NativeSelect
            label={t('point.kind')}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as Kind)}
            data={KINDS.map((each) => ({ value: each, label: named('pointKind', each) }))}
          />
          {hasBehind(kind) && points.length > 0 && (
            <NativeSelect
              label={t('point.behind')}
              value={chosen}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={[{ value: '', label: t('point.behindNone') }, ...points.map(optionOf)]}
            />
          )}
        </>
      ) : possible.length === 0 ? (
        loaded && <p className="notice small">{t('point.noneFits')}</p>
      ) : (
        <NativeSelect
          label={t('point.which')}
          value={pointId}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={possible.map(optionOf)}
        />
      )}
      {use === 'reopen' && (
        <TextInput
          label={t('point.whatIsNew')}
          value={newFact}
          onChange={(event) => setNewFact(event.currentTarget.value)}
        />
      )}
      {error && (
        <p className="notice" role="alert">
          {problemWords(error)}
        </p>
      )}
      <div className="row">
        <Button
          type="submit"
          loading={making.isPending || saying.isPending}
          disabled={use !== 'new' && possible.length === 0}
        >
          {use === 'new' ? t('point.make') : t('point.write')}
        </Button>
        <button type="button" className="link-button" onClick={onDone}>
          {t('paste.cancel')}
        </button>
      </div>
    </form>
  );
}

function hasBehind(kind: Kind): boolean {
  return kind === 'threat' || kind === 'accusation';
}

function optionOf({ id, number, title, state }: PointLine) {
  return { value: id, label: `#${number} ${title} · ${named('pointState', state)}` };
}
