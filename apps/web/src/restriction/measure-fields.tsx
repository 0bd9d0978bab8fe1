import { WAYS } from '../agreement/clause-words.ts';
import type { PlanRestrictionData } from '../generated/types.gen.ts';
import { useWorkers } from '../session/who.ts';
import { t } from '../words/t.ts';
import { READER_ZONE, weekdayOf } from '../words/when.ts';
import type { Way } from './restriction.queries.ts';

export type MeasureWish = Required<PlanRestrictionData['body']['measure']>;
export const NO_MEASURE: MeasureWish = {
  contact: null,
  subjects: [],
  hours: null,
  perWeek: null,
  ways: [],
  isWritingOnly: false,
  open: { way: 'mail', address: '' },
};
const WORK_HOURS = { zone: READER_ZONE, workDays: [1, 2, 3, 4, 5], from: '10:00', until: '12:00' };
const DAYS = [1, 2, 3, 4, 5, 6, 7];

type Given = { measure: MeasureWish; onChange: (measure: MeasureWish) => void };

function toggled<T>(list: readonly T[], one: T): T[] {
  return list.includes(one) ? list.filter((each) => each !== one) : [...list, one];
}

/** Who, what, when, where and how; and the one route that stays open. */
export function MeasureFields({ measure, onChange }: Given) {
  const change = (part: Partial<MeasureWish>) => onChange({ ...measure, ...part });
  const { ways, isWritingOnly, perWeek, subjects } = measure;
  return (
    <>
      <fieldset className="do-days">
        <legend>{t('restriction.where')}</legend>
        {WAYS.map((way) => (
          <label key={way} className="do-check">
            <input
              type="checkbox"
              checked={ways.includes(way)}
              onChange={() => change({ ways: toggled(ways, way) })}
            />
            {t(`clause.way-${way}`)}
          </label>
        ))}
      </fieldset>
      <label className="do-check">
        <input
          type="checkbox"
          checked={isWritingOnly}
          onChange={() => change({ isWritingOnly: !isWritingOnly })}
        />
        {t('restriction.writingOnly')}
      </label>
      <ContactField measure={measure} onChange={onChange} />
      <HoursFields measure={measure} onChange={onChange} />
      <label>
        {t('restriction.perWeekAsk')}
        <input
          type="number"
          min={1}
          max={100}
          value={perWeek ?? ''}
          onChange={(event) => change({ perWeek: Number(event.currentTarget.value) || null })}
        />
      </label>
      <label>
        {t('restriction.subjectsAsk')}
        <textarea
          rows={2}
          value={subjects.join('\n')}
          onChange={(event) => change({ subjects: event.currentTarget.value.split('\n') })}
        />
      </label>
      <OpenFields measure={measure} onChange={onChange} />
    </>
  );
}

function ContactField({ measure, onChange }: Given) {
  const members = useWorkers();
  return (
    <label>
      {t('restriction.who')}
      <select
        value={measure.contact ?? ''}
        onChange={(event) => onChange({ ...measure, contact: event.currentTarget.value || null })}
      >
        <option value="">{t('restriction.anybody')}</option>
        {members.map(({ actor, name }) => (
          <option key={actor} value={actor}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function HoursFields({ measure, onChange }: Given) {
  const { hours } = measure;
  const change = (part: Partial<typeof WORK_HOURS>) =>
    onChange({ ...measure, hours: { ...(hours ?? WORK_HOURS), ...part } });
  return (
    <fieldset className="do-days">
      <legend>{t('restriction.when')}</legend>
      <label className="do-check">
        <input
          type="checkbox"
          checked={hours !== null}
          onChange={() => onChange({ ...measure, hours: hours ? null : WORK_HOURS })}
        />
        {t('restriction.onlyHours')}
      </label>
      {hours &&
        DAYS.map((day) => (
          <label key={day} className="do-check">
            <input
              type="checkbox"
              checked={hours.workDays.includes(day)}
              onChange={() => change({ workDays: toggled(hours.workDays, day).sort() })}
            />
            {weekdayOf(day)}
          </label>
        ))}
      {hours && (
        <>
          <label>
            {t('restriction.from')}
            <input
              type="time"
              value={hours.from}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
          </label>
          <label>
            {t('restriction.until')}
            <input
              type="time"
              value={hours.until}
              onChange={(event) => change({ until: event.currentTarget.value })}
            />
          </label>
        </>
      )}
    </fieldset>
  );
}

function OpenFields({ measure, onChange }: Given) {
  const open = measure.open ?? { way: 'mail' as Way, address: '' };
  return (
    <fieldset className="restriction-open">
      <legend>{t('restriction.openAsk')}</legend>
      <label>
        {t('restriction.openWay')}
        <select
          value={open.way}
          onChange={(event) =>
            onChange({ ...measure, open: { ...open, way: event.currentTarget.value as Way } })
          }
        >
          {WAYS.map((way) => (
            <option key={way} value={way}>
              {t(`clause.way-${way}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('restriction.openAddress')}
        <input
          value={open.address}
          onChange={(event) =>
            onChange({ ...measure, open: { ...open, address: event.currentTarget.value } })
          }
        />
      </label>
    </fieldset>
  );
}
