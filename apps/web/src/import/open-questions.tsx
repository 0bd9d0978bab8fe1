import { NativeSelect, TextInput } from '@mantine/core';
import type { Survey } from '../api/shapes.ts';
import { named, t } from '../words/t.ts';
import { DATE_ORDERS, type StatedAbout, ZONES_LIST, ZoneList } from './stated.tsx';

/** What exports leave open, asked before anything of them is kept. */
export function OpenQuestions({
  survey,
  stated,
  onState,
}: {
  survey: Survey;
  stated: StatedAbout;
  onState: (stated: StatedAbout) => void;
}) {
  const local = survey.exports.filter(({ isLocal }) => isLocal);
  const guessed = survey.exports.find(({ dateOrder }) => dateOrder?.certainty === 'guessed');
  // One order for all: where another file shows its own, a guess is put right file by file, in the report.
  const isOneOrder = !survey.exports.some(({ dateOrder }) => dateOrder?.certainty === 'shown');
  if (local.length === 0 && !guessed) return null;
  return (
    <section className="sheet asks">
      <h2>{t('survey.asks')}</h2>
      {local.length > 0 && (
        <TextInput
          label={t('survey.zone')}
          description={t('survey.zoneWhy', { names: namesOf(local), zone: survey.zone })}
          placeholder={survey.zone}
          list={ZONES_LIST}
          value={stated.tz ?? ''}
          onChange={(event) => onState({ ...stated, tz: event.currentTarget.value.trim() || null })}
        />
      )}
      <ZoneList />
      {guessed?.dateOrder && isOneOrder && (
        <NativeSelect
          label={t('survey.order')}
          description={t('survey.orderWhy', { example: guessed.example ?? guessed.container })}
          value={stated.dateOrder ?? ''}
          onChange={({ currentTarget }) =>
            onState({
              ...stated,
              dateOrder: DATE_ORDERS.find((order) => order === currentTarget.value) ?? null,
            })
          }
          data={[
            {
              value: '',
              label: t('survey.orderAsRead', { order: named('dateOrder', guessed.dateOrder.value) }),
            },
            ...DATE_ORDERS.map((order) => ({ value: order, label: named('dateOrder', order) })),
          ]}
        />
      )}
    </section>
  );
}

function namesOf(exports: Survey['exports']): string {
  return [...new Set(exports.map(({ format }) => named('format', format)))].join(', ');
}
