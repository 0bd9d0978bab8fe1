import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Point } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { pointsQuery } from './points.queries.ts';
import { SayingForm } from './saying-form.tsx';

/** Which other point it is the same as, and why. */
export function MergeForm({ point, onDone }: { point: Point; onDone: () => void }) {
  const { data } = useQuery({ ...pointsQuery(point.partyId), throwOnError: true });
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState('');
  if (!data) return <p className="quiet">{t('list.loading')}</p>;
  const others = data.items.filter(({ id }) => id !== point.id);
  const intoId = chosen ?? others[0]?.id;
  if (intoId === undefined) return <p className="quiet">{t('point.mergeNone')}</p>;
  return (
    <SayingForm
      point={point}
      says={t('pointDo.merge')}
      said={() => ({ does: 'merge', intoId, reason })}
      onDone={onDone}
    >
      <NativeSelect
        label={t('point.mergeInto')}
        value={intoId}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={others.map(({ id, number, title }) => ({ value: id, label: `#${number} ${title}` }))}
        autoFocus
      />
      <p className="small quiet">{t('point.mergeHow')}</p>
      <TextInput
        label={t('point.why')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </SayingForm>
  );
}
