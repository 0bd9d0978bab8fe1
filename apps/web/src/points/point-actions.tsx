import { NativeSelect, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Point } from '../generated/types.gen.ts';
import { named, t, type WordKey } from '../words/t.ts';
import { KINDS, type Kind } from './cite-form.tsx';
import { MergeForm } from './merge-form.tsx';
import type { Ground, Said } from './points.queries.ts';
import { centsOf } from './price.ts';
import { SayingForm } from './saying-form.tsx';
import { SplitForm } from './split-form.tsx';

type Plain = 'ground' | 'price' | 'close' | 'reopen' | 'name' | 'withdraw';
type Does = Plain | 'merge' | 'split';
const GROUNDS: readonly Ground[] = ['not_looked_at', 'founded', 'partly', 'unfounded', 'not_ours'];
const SAYS: Readonly<Record<Does, WordKey>> = {
  ground: 'pointDo.ground',
  price: 'pointDo.price',
  close: 'pointDo.close',
  reopen: 'pointDo.reopen',
  name: 'pointDo.name',
  withdraw: 'pointDo.withdraw',
  merge: 'pointDo.merge',
  split: 'pointDo.split',
};

function possible({ state, kind }: Point): readonly Does[] {
  if (state === 'withdrawn' || state === 'merged') return [];
  const isLive = state === 'open' || state === 'answered';
  return [
    'ground',
    ...(kind === 'demand' ? (['price'] as const) : []),
    ...(isLive ? (['close'] as const) : []),
    ...(state === 'open' ? [] : (['reopen'] as const)),
    'name',
    'merge',
    'split',
    'withdraw',
  ];
}

/** What can be said of a point without words of the record; what needs them is done where the words stand. */
export function PointActions({ point }: { point: Point }) {
  const [open, setOpen] = useState<Does | null>(null);
  const close = () => setOpen(null);
  return (
    <section className="stack" aria-label={t('point.actions')}>
      <div className="row">
        {possible(point).map((does) => (
          <button
            key={does}
            type="button"
            className="action"
            aria-expanded={does === open}
            onClick={() => setOpen(does === open ? null : does)}
          >
            {t(SAYS[does])}
          </button>
        ))}
      </div>
      {open === 'merge' && <MergeForm point={point} onDone={close} />}
      {open === 'split' && <SplitForm point={point} onDone={close} />}
      {open && open !== 'merge' && open !== 'split' && (
        <DoForm key={open} point={point} does={open} onDone={close} />
      )}
      {possible(point).length > 0 && <p className="small quiet">{t('point.wordsHow')}</p>}
    </section>
  );
}

type Form = { point: Point; does: Plain; onDone: () => void };

function DoForm({ point, does, onDone }: Form) {
  const [reason, setReason] = useState('');
  const [ground, setGround] = useState<Ground>(point.ground);
  const [sum, setSum] = useState('');
  const [currency, setCurrency] = useState(point.price?.currency ?? 'EUR');
  const [title, setTitle] = useState(point.title);
  const [kind, setKind] = useState<Kind>(point.kind);
  const said = () => saidWith({ does, reason, ground, cents: centsOf(sum) ?? 0, currency, title, kind });
  const fields: Partial<Record<Plain, ReactNode>> = {
    ground: (
      <NativeSelect
        label={t('point.ground')}
        value={ground}
        onChange={(event) => setGround(event.currentTarget.value as Ground)}
        data={GROUNDS.map((each) => ({ value: each, label: named('ground', each) }))}
        autoFocus
      />
    ),
    price: (
      <div className="row">
        <TextInput
          label={t('point.sum')}
          inputMode="decimal"
          value={sum}
          onChange={(event) => setSum(event.currentTarget.value)}
          error={sum !== '' && centsOf(sum) === null ? t('point.sumUnclear') : null}
          autoFocus
        />
        <TextInput
          label={t('point.currency')}
          value={currency}
          onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
          maxLength={3}
        />
      </div>
    ),
    name: (
      <>
        <TextInput
          label={t('point.name')}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          maxLength={200}
          autoFocus
        />
        <NativeSelect
          label={t('point.kind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as Kind)}
          data={KINDS.map((each) => ({ value: each, label: named('pointKind', each) }))}
        />
      </>
    ),
  };
  return (
    <SayingForm point={point} says={t(SAYS[does])} said={said} onDone={onDone}>
      {fields[does]}
      {does !== 'name' && (
        <TextInput
          label={
            does === 'reopen' ? t('point.whatIsNew') : does === 'price' ? t('point.reckoned') : t('point.why')
          }
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          autoFocus={!fields[does]}
        />
      )}
    </SayingForm>
  );
}

type Filled = {
  does: Plain;
  reason: string;
  ground: Ground;
  cents: number;
  currency: string;
  title: string;
  kind: Kind;
};

function saidWith({ does, reason, ground, cents, currency, title, kind }: Filled): Said {
  switch (does) {
    case 'ground':
      return { does, ground, reason };
    case 'price':
      return { does, cents, currency, reason };
    case 'reopen':
      return { does, cite: null, newFact: reason };
    case 'name':
      return { does, title, kind };
    case 'close':
    case 'withdraw':
      return { does, reason };
  }
}
