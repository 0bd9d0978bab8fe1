import { useState } from 'react';
import { beginEscalation, endEscalation } from '../generated/sdk.gen.ts';
import { nowIso } from '../words/clock.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { CiteLink, CitePicker } from './cite-picker.tsx';
import { DoForm } from './do-form.tsx';
import { NextEscalationStep, RecordLink } from './escalation-step.tsx';
import type { Cite, Clause, Escalation, Terms } from './shapes.ts';
import './agreement.css';

type Shown = { partyId: string; terms: Terms };

/** A dispute taken further by agreed steps: which one we are on, what is sent, and by when. */
export function EscalationSection({ partyId, terms }: Shown) {
  const [isBeginning, setBeginning] = useState(false);
  const clauses = clausesToBegin(terms);
  if (clauses.length === 0 && terms.escalations.length === 0) return null;
  return (
    <section className="sheet" aria-labelledby="escalation-title">
      <h2 className="answer-head" id="escalation-title">
        {t('escalation.title')}
      </h2>
      <ul>
        {terms.escalations.map((one) => (
          <EscalationLine key={one.id} partyId={partyId} escalation={one} />
        ))}
      </ul>
      {isBeginning ? (
        <BeginForm {...{ partyId, clauses, terms }} onDone={() => setBeginning(false)} />
      ) : (
        clauses.length > 0 && (
          <p className="terms-line terms-actions">
            <button type="button" className="link-button" onClick={() => setBeginning(true)}>
              {t('escalation.begin')}
            </button>
          </p>
        )
      )}
    </section>
  );
}

/** The agreed clauses with steps of which none run. */
function clausesToBegin({ agreements, escalations }: Terms): readonly Clause[] {
  const running = new Set(
    escalations.filter(({ state }) => state === 'running').map(({ clauseId }) => clauseId),
  );
  return agreements
    .filter(({ state }) => state === 'open')
    .flatMap(({ clauses }) => clauses)
    .filter(({ id, kind, isWithdrawn, agreedVersion }) => {
      const isAgreed = kind === 'escalation' && !isWithdrawn && agreedVersion !== null;
      return isAgreed && !running.has(id);
    });
}

function EscalationLine({ partyId, escalation }: { partyId: string; escalation: Escalation }) {
  const { number, says, state, taken, steps, side, cite, reason, settlement } = escalation;
  const isOver = taken === steps.length;
  const stateSays =
    state !== 'running'
      ? t(`escalation.state-${state}`)
      : isOver
        ? t('escalation.state-all', { of: steps.length })
        : t('escalation.state-running', { now: taken + 1, of: steps.length });
  return (
    <li className="terms-line stack">
      <span className="row">
        <strong>{t('escalation.head', { number, says })}</strong>
        <span className={state === 'running' ? 'terms-state terms-state-open' : 'terms-state'}>
          {stateSays}
        </span>
      </span>
      {side === 'theirs' && <p className="small quiet">{t('escalation.side-theirs')}</p>}
      {cite && <CiteLink partyId={partyId} cite={cite} />}
      <ol className="escalation-steps">
        {steps.map((step, i) => (
          <StepLine key={step.step} partyId={partyId} escalation={escalation} index={i} />
        ))}
      </ol>
      {reason && (
        <p className="small quiet">
          {reason} {settlement && <CiteLink partyId={partyId} cite={settlement} />}
        </p>
      )}
      {state === 'running' && (
        <>
          {!isOver && <NextEscalationStep key={taken} partyId={partyId} escalation={escalation} />}
          <EndForm partyId={partyId} escalation={escalation} />
        </>
      )}
    </li>
  );
}

type Step = { partyId: string; escalation: Escalation; index: number };

function StepLine({ partyId, escalation, index }: Step) {
  const { step, says, done } = escalation.steps[index]!;
  const isNext = escalation.state === 'running' && index === escalation.taken;
  return (
    <li aria-current={isNext ? 'step' : undefined}>
      <strong>{t(`clause.step-${step}`)}</strong> <span className="small">{says}</span>
      <p className="small quiet">
        {done ? (
          <>
            {t('escalation.taken', { date: dateOf(done.happenedAt) })}{' '}
            {done.proof.kind === 'line' ? (
              <CiteLink partyId={partyId} cite={done.proof} />
            ) : (
              <RecordLink partyId={partyId} interactionId={done.proof.interactionId} />
            )}
            {done.early && (
              <>
                {' · '}
                {t('escalation.early')} <CiteLink partyId={partyId} cite={done.early} />
              </>
            )}
          </>
        ) : isNext ? (
          <>
            {t('escalation.next')}
            {escalation.due && ` · ${dueSays(escalation)}`}
          </>
        ) : (
          t('escalation.later')
        )}
      </p>
    </li>
  );
}

function dueSays({ due, taken }: Escalation): string {
  const date = dateOf(due!.at);
  if (taken === 0) return t('escalation.dueFirst', { date });
  return due!.at < nowIso() ? t('escalation.dueOver', { date }) : t('escalation.dueNext', { date });
}

type Beginning = { partyId: string; clauses: readonly Clause[]; terms: Terms; onDone: () => void };

function BeginForm({ partyId, clauses, terms, onDone }: Beginning) {
  const [clauseId, setClauseId] = useState(clauses[0]!.id);
  const [says, setSays] = useState('');
  const [side, setSide] = useState<'ours' | 'theirs'>('ours');
  const [dueOn, setDueOn] = useState('');
  const [cite, setCite] = useState<Cite | null>(null);
  const numberOf = (id: string) =>
    terms.agreements.find(({ clauses: own }) => own.some((clause) => clause.id === id))?.number ?? 0;
  return (
    <DoForm
      says={t('escalation.begin')}
      doneSays={t('escalation.begun')}
      act={() =>
        beginEscalation({ path: { id: clauseId }, body: { says, side, dueOn: dueOn || null, cite } })
      }
      onDone={onDone}
      onCancel={onDone}
      lacks={says.trim() === '' ? t('escalation.aboutNeeded') : null}
    >
      {clauses.length > 1 && (
        <label>
          {t('escalation.clause')}
          <select value={clauseId} onChange={(event) => setClauseId(event.currentTarget.value)}>
            {clauses.map((clause) => (
              <option key={clause.id} value={clause.id}>
                {t('escalation.clauseOption', {
                  ...{ agreement: numberOf(clause.id), number: clause.number, says: clause.says },
                })}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t('escalation.about')}
        <input value={says} onChange={(event) => setSays(event.currentTarget.value)} />
      </label>
      <fieldset className="do-days">
        <legend>{t('escalation.side')}</legend>
        {(['ours', 'theirs'] as const).map((one) => (
          <label key={one} className="do-check">
            <input type="radio" name="escalation-side" checked={one === side} onChange={() => setSide(one)} />
            {t(`escalation.side-${one}-choice`)}
          </label>
        ))}
      </fieldset>
      <label>
        {t('escalation.dueOn')}
        <input type="date" value={dueOn} onChange={(event) => setDueOn(event.currentTarget.value)} />
      </label>
      <CitePicker partyId={partyId} says={t('sum.shownBy')} cite={cite} onPick={setCite} />
    </DoForm>
  );
}

function EndForm({ partyId, escalation }: { partyId: string; escalation: Escalation }) {
  const [isOpen, setOpen] = useState(false);
  const [how, setHow] = useState<'settled' | 'dropped'>('settled');
  const [reason, setReason] = useState('');
  const [cite, setCite] = useState<Cite | null>(null);
  if (!isOpen)
    return (
      <p className="terms-actions">
        <button type="button" className="link-button" onClick={() => setOpen(true)}>
          {t('escalation.end')}
        </button>
      </p>
    );
  return (
    <DoForm
      says={t('escalation.end')}
      doneSays={t('escalation.ended')}
      act={() => endEscalation({ path: { id: escalation.id }, body: { how, reason, cite } })}
      onDone={() => setOpen(false)}
      onCancel={() => setOpen(false)}
      lacks={reason.trim() === '' ? t('form.reasonNeeded') : null}
    >
      <fieldset className="do-days">
        <legend>{t('escalation.how')}</legend>
        {(['settled', 'dropped'] as const).map((one) => (
          <label key={one} className="do-check">
            <input type="radio" name="escalation-how" checked={one === how} onChange={() => setHow(one)} />
            {t(`escalation.how-${one}`)}
          </label>
        ))}
      </fieldset>
      <label>
        {t('form.reason')}
        <input value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </label>
      <CitePicker partyId={partyId} says={t('sum.shownBy')} cite={cite} onPick={setCite} />
    </DoForm>
  );
}
