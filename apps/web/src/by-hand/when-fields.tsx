import { TextInput } from '@mantine/core';
import { localNow } from '../paste/paste.ts';
import { t } from '../words/t.ts';
import { momentOf, offsetText, READER_ZONE, timeOf } from '../words/when.ts';
import { Chips } from './chips.tsx';
import { beganAt, type Change, type Draft, type Fault, lasts, minutesOf } from './draft.ts';

const LENGTHS = ['5', '10', '15', '30', '60'] as const;

type Given = { draft: Draft; change: Change; now: Date; faults: ReadonlySet<Fault> };

/** When it was and how long; "just now" is taken until one says otherwise, and is always written out. */
export function WhenFields({ draft, change, now, faults }: Given) {
  const began = beganAt(draft, now);
  const fault = faults.has('noTime') ? t('problem.time-not-understood') : undefined;
  return (
    <>
      {lasts(draft) && <Length draft={draft} change={change} faults={faults} />}
      <Chips
        name="when"
        says={t('byhand.when')}
        options={[
          { value: 'now', says: t('byhand.justNow') },
          { value: 'earlier', says: t('byhand.earlier') },
        ]}
        value={draft.isNow ? 'now' : 'earlier'}
        onChoose={(when) =>
          change({ isNow: when === 'now', ...(when === 'now' ? {} : { at: localNow(began) }) })
        }
      />
      {!draft.isNow && (
        <TextInput
          type="datetime-local"
          size="md"
          label={lasts(draft) ? t('byhand.began') : t('byhand.was')}
          value={draft.at}
          max={localNow(now)}
          onChange={(event) => change({ at: event.currentTarget.value })}
          error={fault ?? (faults.has('future') && t('byhand.future'))}
        />
      )}
      {!Number.isNaN(began.getTime()) && (
        <p className="small quiet number by-hand-stated">
          {span(began, lasts(draft) ? minutesOf(draft) : null)} · {READER_ZONE}{' '}
          {offsetText(-began.getTimezoneOffset())}
        </p>
      )}
    </>
  );
}

/** Tue, 12 May 2026, 21:31–21:43 */
function span(began: Date, minutes: number | null): string {
  const from = momentOf(began.getTime());
  return minutes ? `${from}–${timeOf(began.getTime() + minutes * 60_000)}` : from;
}

function Length({ draft, change, faults }: Omit<Given, 'now'>) {
  return (
    <div className="by-hand-length">
      <Chips
        name="minutes"
        says={t('byhand.minutes')}
        options={LENGTHS.map((minutes) => ({ value: minutes, says: minutes }))}
        value={draft.minutes}
        onChoose={(minutes) => change({ minutes })}
      />
      <TextInput
        type="number"
        inputMode="numeric"
        size="md"
        min={0}
        max={20_160}
        aria-label={t('byhand.minutesOther')}
        placeholder={t('byhand.minutesOther')}
        value={draft.minutes}
        onChange={(event) => change({ minutes: event.currentTarget.value })}
        error={faults.has('backwards') && t('byhand.backwards')}
      />
    </div>
  );
}
