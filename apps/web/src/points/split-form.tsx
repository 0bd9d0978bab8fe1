import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CitePicker } from '../agreement/cite-picker.tsx';
import type { Point, PointCite } from '../generated/types.gen.ts';
import { named, t } from '../words/t.ts';
import { KINDS, type Kind } from './cite-form.tsx';
import type { CiteWish } from './points.queries.ts';
import { SayingForm } from './saying-form.tsx';

/** A second point was in this one: which words ask it, what it is called, and why. */
export function SplitForm({ point, onDone }: { point: Point; onDone: () => void }) {
  const asked = point.cites.filter(({ role }) => role === 'asked');
  const [moved, setMoved] = useState<ReadonlySet<string>>(new Set());
  const [words, setWords] = useState<CiteWish | null>(null);
  const [title, setTitle] = useState('');
  const [kind, setKind] = useState<Kind>(point.kind);
  const [reason, setReason] = useState('');
  const cites = () => [
    ...(words ? [words] : []),
    ...asked.filter(({ recordId }) => moved.has(recordId)).map(wishOf),
  ];
  const toggle = (id: string) =>
    setMoved((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  return (
    <SayingForm
      point={point}
      says={t('pointDo.split')}
      said={() => ({ does: 'split', kind, title, cites: cites(), reason })}
      onDone={onDone}
    >
      <TextInput
        label={t('point.splitName')}
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
      <CitePicker
        partyId={point.partyId}
        side="theirs"
        says={t('point.splitWords')}
        cite={words}
        onPick={setWords}
      />
      {asked.length > 1 && (
        <fieldset className="point-moved">
          <legend>{t('point.splitMoved')}</legend>
          {asked.map((cite) => (
            <label key={cite.recordId} className="small">
              <input
                type="checkbox"
                checked={moved.has(cite.recordId)}
                onChange={() => toggle(cite.recordId)}
              />{' '}
              <q>{cite.quote}</q>
            </label>
          ))}
        </fieldset>
      )}
      <p className="small quiet">{t('point.splitHow')}</p>
      <TextInput
        label={t('point.why')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </SayingForm>
  );
}

function wishOf({ interactionId, start, end, quote }: PointCite): CiteWish {
  return { interactionId, start, end, quote };
}
