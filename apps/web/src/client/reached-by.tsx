import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Party } from '../api/shapes.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { type Identifier, identifiersQuery, moveTo, type Proposal, sayTwo } from './reached-by.queries.ts';
import { ReachedPeople } from './reached-people.tsx';
import { shownAs } from './shown-as.ts';

type Moving = { readonly identifier: Pick<Identifier, 'kind' | 'value'>; readonly to: string | null };

/** By what a client is reached; whose an address is, a person says, and takes it back at any time. */
export function ReachedBy({ party }: { party: Party }) {
  const { data } = useQuery(identifiersQuery(party.id));
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries();
  const moving = useMutation({
    mutationFn: ({ identifier, to }: Moving) => moveTo(identifier, to),
    onSuccess,
  });
  const parting = useMutation({ mutationFn: (other: string) => sayTwo(party.id, other), onSuccess });
  const shown = party.identifiers.map(({ value }) => shownAs(value)).join(', ');
  const proposals = data?.proposals ?? [];
  const error = moving.error ?? parting.error;
  return (
    <details className="reached">
      <summary>
        {shown || t('reach.title')}
        {proposals.length > 0 && ` · ${t('reach.mayBe', { count: proposals.length })}`}
      </summary>
      <ul aria-label={t('reach.title')}>
        <ReachedPeople
          identifiers={data?.items ?? []}
          onSplit={(identifier) => moving.mutate({ identifier, to: null })}
        />
        {proposals.map((proposal) => (
          <ProposalLine
            key={`${proposal.identifier.kind} ${proposal.identifier.value}`}
            proposal={proposal}
            onJoin={() => moving.mutate({ identifier: proposal.identifier, to: party.id })}
            onPart={proposal.party && (() => parting.mutate(proposal.party!.id))}
          />
        ))}
      </ul>
      {moving.data && moving.variables && (
        <p role="status">
          {moving.data.from === null
            ? t('reach.given', { value: shownAs(moving.variables.identifier.value) })
            : t('reach.moved', {
                value: shownAs(moving.variables.identifier.value),
                count: moving.data.moved,
              })}{' '}
          {moving.data.from !== null && (
            <button
              type="button"
              className="link-button"
              onClick={() => moving.mutate({ identifier: moving.variables.identifier, to: moving.data.from })}
            >
              {t('reach.undo')}
            </button>
          )}
        </p>
      )}
      {error && (
        <p className="notice" role="alert">
          {problemWords(error)}
        </p>
      )}
    </details>
  );
}

function ProposalLine({
  proposal: { identifier, party, why },
  onJoin,
  onPart,
}: {
  proposal: Proposal;
  onJoin: () => void;
  /** Null where it is nobody's, so that there is nobody to tell it from. */
  onPart: (() => void) | null;
}) {
  return (
    <li>
      <span>{[identifier.label, shownAs(identifier.value)].filter(Boolean).join(' · ')}</span>{' '}
      <span className="quiet">
        {party && `${t('reach.of', { name: party.name })}: `}
        {t(`reach.why.${why}`)}
      </span>{' '}
      <button type="button" className="link-button" onClick={onJoin}>
        {t('reach.join')}
      </button>{' '}
      {onPart && (
        <button type="button" className="link-button" onClick={onPart}>
          {t('reach.apart')}
        </button>
      )}
    </li>
  );
}
