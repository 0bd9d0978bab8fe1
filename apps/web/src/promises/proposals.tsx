import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { QuoteLink } from '../course/quote-link.tsx';
import { t } from '../words/t.ts';
import { hourOf } from '../words/when.ts';
import { Warning } from './due-fields.tsx';
import { PromiseForm, type Start } from './promise-form.tsx';
import { dateWords } from './promise-words.ts';
import { dismissProposal, type Proposal, proposalsInQuery } from './promises.queries.ts';
import './promises.css';

type InMessage = { interactionId: string; party: { id: string; name: string } | undefined };

/** In an open message: what looks like a promise, to be kept as one or not. */
export function PromiseProposals({ interactionId, party }: InMessage) {
  const proposals = useQuery({ ...proposalsInQuery(interactionId), enabled: party !== undefined }).data ?? [];
  if (!party || proposals.length === 0) return null;
  return (
    <section className="sheet proposals" aria-labelledby="proposals-title">
      <h2 className="answer-head" id="proposals-title">
        {t('promise.proposed', { count: proposals.length })}
      </h2>
      <ProposalList proposals={proposals} party={party} />
    </section>
  );
}

type List = { proposals: readonly Proposal[]; party: { id: string; name: string }; isElsewhere?: boolean };

export function ProposalList({ proposals, party, isElsewhere = false }: List) {
  const [open, setOpen] = useState<string | null>(null);
  const dismissing = useMutation({ mutationFn: dismissProposal });
  return (
    <ul className="promise-list">
      {proposals.map((proposal) => {
        const key = `${proposal.interactionId}-${proposal.start}`;
        if (key === open)
          return (
            <li key={key}>
              <PromiseForm
                partyId={party.id}
                partyName={party.name}
                start={startOf(proposal)}
                onDone={() => setOpen(null)}
              />
            </li>
          );
        return (
          <li key={key} className="promise">
            <p>{isElsewhere ? <QuoteLink partyId={party.id} place={proposal} /> : <q>{proposal.quote}</q>}</p>
            <p className="small quiet">{saidWords(proposal)}</p>
            {proposal.said?.is === 'read' && <Warning warning={proposal.warning} date={proposal.said.date} />}
            <p className="row small">
              <button type="button" className="action" onClick={() => setOpen(key)}>
                {t('promise.keep')}
              </button>
              <button type="button" className="link-button" onClick={() => dismissing.mutate(proposal)}>
                {t('promise.none')}
              </button>
            </p>
          </li>
        );
      })}
    </ul>
  );
}

function saidWords({ side, who, said }: Proposal): string {
  const name = who || t(`promise.side.${side}`);
  if (said?.is === 'read') {
    const day = dateWords(said.date);
    return t('promise.saidFor', {
      who: name,
      day: said.time ? `${day}, ${hourOf(said.time)}` : day,
      words: said.words,
    });
  }
  return said
    ? t('promise.saidUnclear', { who: name, words: said.words })
    : t('promise.saidNever', { who: name });
}

function startOf({ side, who, quote, interactionId, start, end, said }: Proposal): Start {
  return {
    ...{ side, who, what: quote.slice(0, 300) },
    due: said?.is === 'read' ? { date: said.date, time: said.time } : { date: '', time: null },
    cite: { interactionId, start, end, quote },
    unclear: said?.is === 'unclear' ? said.words : null,
  };
}
