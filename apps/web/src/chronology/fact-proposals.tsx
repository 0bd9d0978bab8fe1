import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { bringBack, dismissFact, type FactProposal } from './chronology.queries.ts';
import { FactForm } from './fact-form.tsx';
import { FactSources } from './fact-sources.tsx';
import { proposalWords, whenWords } from './fact-words.ts';

type List = { partyId: string; party: string; proposals: readonly FactProposal[]; dismissed: number };
const AT_ONCE = 20;

/** What the record shows on which day; each becomes a fact only when somebody states it. */
export function FactProposals({ partyId, party, proposals, dismissed }: List) {
  const [shown, setShown] = useState(AT_ONCE);
  const bringing = useMutation({ mutationFn: () => bringBack(partyId) });
  return (
    <section className="stack" aria-labelledby="fact-proposals-title">
      <h2 id="fact-proposals-title" className="answer-head">
        {t('chronology.proposed', { count: proposals.length })}
      </h2>
      <p className="small quiet">{t('chronology.proposedWhat')}</p>
      {proposals.length > 0 && (
        <ul className="sheet promise-list">
          {proposals.slice(0, shown).map((proposal) => (
            <Proposed key={proposal.key} partyId={partyId} party={party} proposal={proposal} />
          ))}
        </ul>
      )}
      {proposals.length > shown && (
        <button type="button" className="link-button" onClick={() => setShown(shown + AT_ONCE)}>
          {t('chronology.more', { count: proposals.length - shown })}
        </button>
      )}
      {dismissed > 0 && (
        <p className="small quiet">
          {t('chronology.dismissed', { count: dismissed })}{' '}
          <button type="button" className="link-button" onClick={() => bringing.mutate()}>
            {t('chronology.bringBack')}
          </button>
        </p>
      )}
    </section>
  );
}

function Proposed({ partyId, party, proposal }: { partyId: string; party: string; proposal: FactProposal }) {
  const [isOpen, setOpen] = useState(false);
  const dismissing = useMutation({ mutationFn: () => dismissFact(partyId, proposal.key) });
  const start = startOf(proposal, party);
  if (isOpen)
    return (
      <li>
        <FactForm partyId={partyId} start={start} onDone={() => setOpen(false)} />
      </li>
    );
  return (
    <li className="promise">
      <p className="small quiet">{whenWords({ date: start.date, time: start.time ?? null })}</p>
      <p>{start.says}</p>
      <FactSources partyId={partyId} of={proposal} />
      <p className="row small">
        <button type="button" className="action" onClick={() => setOpen(true)}>
          {t('chronology.take')}
        </button>
        <button type="button" className="link-button" onClick={() => dismissing.mutate()}>
          {t('chronology.none')}
        </button>
      </p>
      {dismissing.error && (
        <p className="notice small" role="alert">
          {problemWords(dismissing.error)}
        </p>
      )}
    </li>
  );
}

function startOf(proposal: FactProposal, party: string) {
  const { at, isDayOnly, key, cites, records, entry } = proposal;
  const time = isDayOnly ? null : at.slice(11, 16);
  return {
    ...{ date: at.slice(0, 10), time, says: proposalWords(proposal, party) },
    ...{ cites, records, entry, proposal: key },
  };
}
