import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { language, t } from '../words/t.ts';
import { dateOf, READER_ZONE, weekdayOf } from '../words/when.ts';
import { AcceptForm } from './accept-form.tsx';
import { CiteLink } from './cite-picker.tsx';
import { ClauseFields } from './clause-fields.tsx';
import { kindSays, money } from './clause-words.ts';
import { ChangeForm } from './open-form.tsx';
import type { Agreement, Clause, ClauseWish, PartyPerson } from './shapes.ts';
import { UnderstandingForm } from './understandings-section.tsx';

type Shown = { agreement: Agreement; clause: Clause; people: readonly PartyPerson[] };
type Open = 'accept' | 'amend' | 'withdraw' | 'drop' | 'except' | null;

/** A clause with its state in words, its proof, and what can be done with it alone. */
export function ClauseLine({ agreement, clause, people }: Shown) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const { id: agreementId, partyId, state: agreementState } = agreement;
  const { id: clauseId, number, kind, state, says } = clause;
  const isLive = agreementState === 'open' && state !== 'withdrawn';
  return (
    <li className="terms-line stack">
      <div>
        <span className="row">
          <strong>{t('clause.head', { number, kind: kindSays(kind) })}</strong>
          <span className={state === 'agreed' ? 'terms-state' : 'terms-state terms-state-open'}>
            {t(`clause.state-${state}`)}
          </span>
        </span>
        <p className="terms-says">{says}</p>
        <TermsWords clause={clause} />
        <Versions partyId={partyId} clause={clause} />
      </div>
      {isLive && open === null && <Actions clause={clause} onOpen={setOpen} />}
      {open === 'accept' && <AcceptForm {...{ partyId, agreementId, clauseId, people }} onDone={close} />}
      {open === 'amend' && <AmendForm agreementId={agreementId} clause={clause} onDone={close} />}
      {(open === 'withdraw' || open === 'drop') && (
        <ChangeForm
          agreementId={agreementId}
          says={t(`clause.${open}`)}
          changeOf={() => ({ change: open, clauseId })}
          onDone={close}
        />
      )}
      {open === 'except' && (
        <UnderstandingForm partyId={partyId} clause={clause} agreementId={agreementId} onDone={close} />
      )}
    </li>
  );
}

function Actions({ clause, onOpen }: { clause: Clause; onOpen: (open: Open) => void }) {
  const { state } = clause;
  const actions: readonly Exclude<Open, null>[] = [
    ...(state === 'agreed' ? [] : (['accept'] as const)),
    'amend',
    ...(state === 'amendment-offered' ? (['drop'] as const) : []),
    'except',
    'withdraw',
  ];
  return (
    <div className="terms-actions">
      {actions.map((action) => (
        <button key={action} type="button" className="link-button" onClick={() => onOpen(action)}>
          {t(`clause.${action}`)}
        </button>
      ))}
    </div>
  );
}

function AmendForm({
  agreementId,
  clause,
  onDone,
}: {
  agreementId: string;
  clause: Clause;
  onDone: () => void;
}) {
  const [wish, setWish] = useState<ClauseWish>(() => wishOf(clause));
  return (
    <ChangeForm
      agreementId={agreementId}
      says={t('clause.amend')}
      changeOf={() => ({ change: 'amend', clauseId: clause.id, clause: wish })}
      onDone={onDone}
    >
      <ClauseFields clause={wish} zone={READER_ZONE} onChange={setWish} isKindFixed />
    </ChangeForm>
  );
}

/** A clause as it stands, to be written anew. */
function wishOf({ kind, says, terms }: Clause): ClauseWish {
  if (terms && 'holidays' in terms) {
    const holidays = terms.holidays.map((day) => `${day.date} ${day.says}`).join('\n');
    return { ...terms, kind: 'hours', says, holidays };
  }
  return { ...terms, kind, says } as ClauseWish;
}

/** What the program makes of a clause: hours, times, prices. */
function TermsWords({ clause: { terms } }: { clause: Clause }) {
  const { tag } = language.use();
  if (!terms) return null;
  if ('holidays' in terms) {
    const days = terms.workDays.map(weekdayOf).join(' ');
    return (
      <p className="small quiet">
        {t('clause.hoursWords', { days, from: terms.from, until: terms.until, zone: terms.zone })}
        {terms.holidays.map(({ date, says }) => ` · ${dateOf(date)} ${says}`)}
      </p>
    );
  }
  if ('within' in terms)
    return (
      <p className="small quiet">
        {t('clause.withinWords', { count: terms.within.count, unit: t(`clause.unit-${terms.within.unit}`) })}
      </p>
    );
  if ('ways' in terms)
    return <p className="small quiet">{terms.ways.map((way) => t(`clause.way-${way}`)).join(' · ')}</p>;
  if ('steps' in terms)
    return (
      <p className="small quiet">{terms.steps.map(({ step }) => t(`clause.step-${step}`)).join(' → ')}</p>
    );
  const price = terms.price && money(terms.price, terms.currency, tag);
  return (
    <p className="small quiet">
      {[
        price && terms.per ? `${price} ${t(`clause.per-${terms.per}`)}` : price,
        terms.termDays !== null && t('clause.termWords', { count: terms.termDays }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}

/** Every version of the words: the first offer is version 0; each with its proof, or not yet agreed. */
function Versions({ partyId, clause: { versions, version } }: { partyId: string; clause: Clause }) {
  return (
    <ul className="small quiet">
      {versions.map((one) => (
        <li key={one.version}>
          {t('clause.version', { version: one.version, date: dateOf(one.madeAt) })}
          {one.version !== version && (
            <>
              {' '}
              <q>{one.says}</q>
            </>
          )}
          {one.reason && ` · ${one.reason}`}
          {' · '}
          {one.proof === null || one.acceptedAt === null ? (
            t('clause.notAgreed')
          ) : one.proof.kind === 'line' ? (
            <>
              {t('clause.acceptedOn', { date: dateOf(one.acceptedAt) })}{' '}
              <CiteLink partyId={partyId} cite={one.proof} />
            </>
          ) : (
            <Link
              to="/clients/$partyId/interactions/$interactionId"
              params={{ partyId, interactionId: one.proof.interactionId }}
            >
              {t('clause.signed', { date: dateOf(one.acceptedAt) })}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
