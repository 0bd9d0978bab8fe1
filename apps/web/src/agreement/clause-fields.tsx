import { useQuery } from '@tanstack/react-query';
import { language, t } from '../words/t.ts';
import { weekdayOf } from '../words/when.ts';
import { suggestionsQuery } from './agreement.queries.ts';
import { blankClause, ESCALATIONS, inLang, KINDS, kindSays, langNow, WAYS } from './clause-words.ts';
import type { ClauseKind, ClauseWish } from './shapes.ts';

type Fields = {
  clause: ClauseWish;
  zone: string;
  onChange: (clause: ClauseWish) => void;
  /** An amendment stays of its kind. */
  isKindFixed?: boolean;
};
type Of<K extends ClauseKind> = {
  clause: Extract<ClauseWish, { kind: K }>;
  onChange: (clause: ClauseWish) => void;
};

/** One clause: of what kind, in which words, and what the program needs to know of it. */
export function ClauseFields({ clause, zone, onChange, isKindFixed = false }: Fields) {
  const suggested = useQuery(suggestionsQuery).data?.clauses ?? [];
  const lang = langNow(language.use().tag);
  const fitting = suggested.filter(({ kind }) => kind === clause.kind);
  return (
    <>
      {!isKindFixed && (
        <label>
          {t('clause.kind')}
          <select
            value={clause.kind}
            onChange={(event) => onChange(blankClause(event.currentTarget.value as ClauseKind, zone))}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {kindSays(kind)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t('clause.says')}
        <textarea
          rows={3}
          value={clause.says}
          onChange={(event) => onChange({ ...clause, says: event.currentTarget.value })}
        />
      </label>
      {clause.says.trim() === '' &&
        fitting.map(({ says }) => (
          <button
            key={inLang(says, lang)}
            type="button"
            className="link-button small"
            onClick={() => onChange({ ...clause, says: inLang(says, lang) })}
          >
            {t('clause.suggested', { words: inLang(says, lang) })}
          </button>
        ))}
      <TermFields clause={clause} onChange={onChange} />
    </>
  );
}

function TermFields({ clause, onChange }: Pick<Fields, 'clause' | 'onChange'>) {
  switch (clause.kind) {
    case 'hours':
      return <HoursFields clause={clause} onChange={onChange} />;
    case 'response_time':
      return <TimeFields clause={clause} onChange={onChange} />;
    case 'channels':
      return <WayFields clause={clause} onChange={onChange} />;
    case 'escalation':
      return <StepFields clause={clause} onChange={onChange} />;
    case 'payment':
      return <PaymentFields clause={clause} onChange={onChange} />;
    default:
      return null;
  }
}

function HoursFields({ clause, onChange }: Of<'hours'>) {
  const { workDays } = clause;
  const toggle = (day: number) =>
    onChange({
      ...clause,
      workDays: workDays.includes(day) ? workDays.filter((one) => one !== day) : [...workDays, day].sort(),
    });
  return (
    <>
      <fieldset className="do-days">
        <legend>{t('clause.workDays')}</legend>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <label key={day} className="do-check">
            <input type="checkbox" checked={workDays.includes(day)} onChange={() => toggle(day)} />
            {weekdayOf(day)}
          </label>
        ))}
      </fieldset>
      <div className="do-pair">
        <label>
          {t('settings.from')}
          <input
            type="time"
            value={clause.from}
            onChange={(event) => onChange({ ...clause, from: event.currentTarget.value })}
          />
        </label>
        <label>
          {t('settings.until')}
          <input
            type="time"
            value={clause.until}
            onChange={(event) => onChange({ ...clause, until: event.currentTarget.value })}
          />
        </label>
        <label>
          {t('clause.zone')}
          <input
            value={clause.zone}
            onChange={(event) => onChange({ ...clause, zone: event.currentTarget.value })}
          />
        </label>
      </div>
      <label>
        {t('clause.holidays')}
        <textarea
          rows={2}
          value={clause.holidays}
          onChange={(event) => onChange({ ...clause, holidays: event.currentTarget.value })}
        />
      </label>
    </>
  );
}

function TimeFields({ clause, onChange }: Of<'response_time'>) {
  const { within } = clause;
  return (
    <div className="do-pair">
      <label>
        {t('clause.within')}
        <input
          type="number"
          min={1}
          max={1000}
          value={within.count}
          onChange={(event) =>
            onChange({ ...clause, within: { ...within, count: Number(event.currentTarget.value) } })
          }
        />
      </label>
      <label>
        {t('clause.unit')}
        <select
          value={within.unit}
          onChange={(event) =>
            onChange({
              ...clause,
              within: { ...within, unit: event.currentTarget.value as typeof within.unit },
            })
          }
        >
          {(['hours', 'days', 'working-days', 'weeks'] as const).map((unit) => (
            <option key={unit} value={unit}>
              {t(`clause.unit-${unit}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function WayFields({ clause, onChange }: Of<'channels'>) {
  const { ways } = clause;
  return (
    <fieldset className="do-days">
      <legend>{t('clause.ways')}</legend>
      {WAYS.map((way) => (
        <label key={way} className="do-check">
          <input
            type="checkbox"
            checked={ways.includes(way)}
            onChange={() =>
              onChange({
                ...clause,
                ways: ways.includes(way) ? ways.filter((one) => one !== way) : [...ways, way],
              })
            }
          />
          {t(`clause.way-${way}`)}
        </label>
      ))}
    </fieldset>
  );
}

function StepFields({ clause, onChange }: Of<'escalation'>) {
  const { steps } = clause;
  const toggle = (step: (typeof ESCALATIONS)[number]) =>
    onChange({
      ...clause,
      steps: ESCALATIONS.flatMap((one) => {
        const known = steps.find((each) => each.step === one);
        if (one !== step) return known ? [known] : [];
        return known ? [] : [{ step, says: t(`clause.step-${step}`), after: null }];
      }),
    });
  return (
    <fieldset className="do-days">
      <legend>{t('clause.steps')}</legend>
      {ESCALATIONS.map((step) => (
        <label key={step} className="do-check">
          <input
            type="checkbox"
            checked={steps.some((one) => one.step === step)}
            onChange={() => toggle(step)}
          />
          {t(`clause.step-${step}`)}
        </label>
      ))}
    </fieldset>
  );
}

function PaymentFields({ clause, onChange }: Of<'payment'>) {
  return (
    <div className="do-pair">
      <label>
        {t('clause.price')}
        <input
          inputMode="decimal"
          value={clause.price ?? ''}
          onChange={(event) => onChange({ ...clause, price: event.currentTarget.value || null })}
        />
      </label>
      <label>
        {t('sum.currency')}
        <input
          maxLength={3}
          value={clause.currency}
          onChange={(event) => onChange({ ...clause, currency: event.currentTarget.value.toUpperCase() })}
        />
      </label>
      <label>
        {t('clause.per')}
        <select
          value={clause.per ?? ''}
          onChange={(event) =>
            onChange({ ...clause, per: (event.currentTarget.value || null) as typeof clause.per })
          }
        >
          <option value="">{t('clause.per-none')}</option>
          {(['hour', 'day', 'piece', 'month', 'project'] as const).map((per) => (
            <option key={per} value={per}>
              {t(`clause.per-${per}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('clause.termDays')}
        <input
          type="number"
          min={0}
          max={366}
          value={clause.termDays ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange({ ...clause, termDays: value === '' ? null : Number(value) });
          }}
        />
      </label>
    </div>
  );
}
