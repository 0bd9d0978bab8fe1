import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { DoForm } from '../agreement/do-form.tsx';
import { decideScreening } from '../generated/sdk.gen.ts';
import type { DecisionWish } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { PastWork } from './past-work.tsx';
import { priceSays } from './price-says.ts';
import { priceSheetQuery, privateReasonQuery, type Screening } from './screening.queries.ts';

const DECISIONS = ['accept', 'conditions', 'priced', 'decline'] as const;

/** What was decided, and the next decision while the answer has not left. */
export function DecisionSection({ found }: { found: Screening }) {
  const [isDeciding, setDeciding] = useState(false);
  const isOpen = found.agreementId === null && found.sentInteractionId === null;
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('screening.decision')}</h2>
      <Decisions found={found} />
      {isOpen && (found.decisions.length === 0 || isDeciding) && (
        <DecisionForm found={found} onDone={() => setDeciding(false)} />
      )}
      {isOpen && found.decisions.length > 0 && !isDeciding && (
        <p className="screening-pad">
          <button type="button" className="link-button" onClick={() => setDeciding(true)}>
            {t('screening.decideAnew')}
          </button>
        </p>
      )}
    </section>
  );
}

function Decisions({ found }: { found: Screening }) {
  const who = useWho();
  const reason = useQuery({ ...privateReasonQuery(found.id), throwOnError: true }).data?.reason;
  if (found.decisions.length === 0) return null;
  return (
    <ul className="lines">
      {found.decisions.map((one) => (
        <li key={one.id} className="line-block">
          <strong>{t(`decision.${one.decision}`)}</strong> {one.reason}{' '}
          <span className="small quiet">
            {momentOf(one.at)}, {who(one.actor)}
          </span>
          {one.conditions && <p>{one.conditions}</p>}
          {one.services.map((line) => (
            <p key={line.id} className="small">
              {line.service}: {priceSays(line)}
            </p>
          ))}
          {one.deposit && (
            <p className="small">
              {t('screening.deposit')}: {priceSays(one.deposit)}
            </p>
          )}
          {one.minutes && (
            <p className="small">{t(`screening.minutes-${one.minutes.how}`, { count: one.minutes.count })}</p>
          )}
        </li>
      ))}
      {reason && (
        <li className="line-block small">
          {t('screening.privateReason')}: {reason.words}
        </li>
      )}
    </ul>
  );
}

function DecisionForm({ found, onDone }: { found: Screening; onDone: () => void }) {
  const [decision, setDecision] = useState<(typeof DECISIONS)[number]>('accept');
  const [words, setWords] = useState({ reason: '', conditions: '', privateReason: '', deposit: '' });
  const [minutes, setMinutes] = useState({ count: '', how: 'estimated' as 'stated' | 'estimated' });
  const [services, setServices] = useState<readonly string[]>([]);
  const change = (part: Partial<typeof words>) => setWords((now) => ({ ...now, ...part }));
  const act = () => {
    const beside = {
      reason: words.reason,
      privateReason: words.privateReason.trim() || null,
      minutes: minutes.count === '' ? null : { count: Number(minutes.count), how: minutes.how },
    };
    const deposit = words.deposit === '' ? null : { percent: words.deposit };
    const conditions = words.conditions.trim() || null;
    const body: DecisionWish =
      decision === 'priced'
        ? { decision, conditions, services: [...services], deposit, ...beside }
        : decision === 'conditions'
          ? { decision, conditions: words.conditions, ...beside }
          : { decision, ...beside };
    return decideScreening({ path: { id: found.id }, body });
  };
  const hasConditions = decision === 'conditions' || decision === 'priced';
  return (
    <DoForm says={t('screening.decide')} doneSays={t('screening.decided')} act={act} onDone={onDone}>
      <fieldset className="screening-choices">
        <legend>{t('screening.decideOn')}</legend>
        {DECISIONS.map((one) => (
          <label key={one} className="do-check">
            <input
              type="radio"
              name="decision"
              checked={one === decision}
              onChange={() => setDecision(one)}
            />
            {t(`decision.${one}`)}
          </label>
        ))}
      </fieldset>
      {decision === 'priced' && <Services chosen={services} onChoose={setServices} />}
      {decision === 'priced' && (
        <label className="field">
          {t('screening.depositPercent')}
          <input
            inputMode="decimal"
            value={words.deposit}
            onChange={(event) => change({ deposit: event.currentTarget.value.replace(',', '.') })}
          />
        </label>
      )}
      {hasConditions && (
        <label className="field">
          {t('screening.conditions')}
          <textarea
            rows={2}
            value={words.conditions}
            onChange={(event) => change({ conditions: event.currentTarget.value })}
          />
        </label>
      )}
      <div className="screening-fields">
        <label className="field">
          {t('screening.minutes')}
          <input
            inputMode="numeric"
            value={minutes.count}
            onChange={(event) => {
              const count = event.currentTarget.value.replace(/\D/g, '');
              setMinutes((now) => ({ ...now, count }));
            }}
          />
        </label>
        <label className="field">
          {t('screening.minutesHow')}
          <select
            value={minutes.how}
            onChange={(event) => {
              const how = event.currentTarget.value as 'stated' | 'estimated';
              setMinutes((now) => ({ ...now, how }));
            }}
          >
            <option value="estimated">{t('screening.estimated')}</option>
            <option value="stated">{t('screening.stated')}</option>
          </select>
        </label>
      </div>
      <PastWork screeningId={found.id} />
      <label className="field">
        {t('screening.reason')}
        <textarea
          rows={2}
          value={words.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
          required
        />
      </label>
      <label className="field">
        {t('screening.privateReason')}
        <textarea
          rows={2}
          value={words.privateReason}
          onChange={(event) => change({ privateReason: event.currentTarget.value })}
        />
        <span className="small quiet">{t('screening.privateNote')}</span>
      </label>
    </DoForm>
  );
}

type Choosing = { chosen: readonly string[]; onChoose: (ids: readonly string[]) => void };

/** Lines of the price sheet: what they asked for, never who they are. */
function Services({ chosen, onChoose }: Choosing) {
  const lines = useQuery({ ...priceSheetQuery, throwOnError: true }).data?.items ?? [];
  return (
    <fieldset className="screening-choices">
      <legend>{t('screening.services')}</legend>
      {lines.map((line) => (
        <label key={line.id} className="do-check">
          <input
            type="checkbox"
            checked={chosen.includes(line.id)}
            onChange={(event) =>
              onChoose(
                event.currentTarget.checked ? [...chosen, line.id] : chosen.filter((id) => id !== line.id),
              )
            }
          />
          {line.service}: {priceSays(line)}
        </label>
      ))}
      <Link to="/screening/prices">{lines.length === 0 ? t('price.begin') : t('price.change')}</Link>
    </fieldset>
  );
}
