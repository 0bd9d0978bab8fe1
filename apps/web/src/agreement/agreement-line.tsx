import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { language, t } from '../words/t.ts';
import { termsQuery } from './agreement.queries.ts';
import { money } from './clause-words.ts';
import type { Sum } from './shapes.ts';
import './agreement.css';

/** For a client's head: which version is in force, how many clauses wait for a yes, and who owes what. */
export function AgreementLine({ partyId }: { partyId: string }) {
  const terms = useQuery(termsQuery(partyId)).data;
  const { tag } = language.use();
  if (!terms) return null;
  const open = terms.agreements.filter(({ state }) => state === 'open');
  const waiting = open
    .flatMap(({ clauses }) => clauses)
    .filter(({ state }) => state === 'offered' || state === 'amendment-offered').length;
  const people = terms.people.filter(({ hasLeft }) => !hasLeft).length;
  const parts = [
    ...(people > 0 ? [t('agreement.people', { count: people })] : []),
    ...open.map(({ version, number }) =>
      open.length === 1 ? t('agreement.one', { version }) : t('agreement.oneOf', { number, version }),
    ),
    ...(waiting > 0 ? [t('agreement.waiting', { count: waiting })] : []),
    ...terms.sums.filter(({ state }) => state === 'open').map((sum) => sumWords(sum, tag)),
  ];
  return (
    <span className="head-terms small">
      <Link to="/clients/$partyId/agreement" params={{ partyId }} search={(now) => now}>
        {parts.length === 0 ? t('agreement.noneYet') : parts.join(' · ')}
      </Link>
    </span>
  );
}

function sumWords({ side, amount, currency, what, disputed }: Sum, tag: string): string {
  const owed = { amount: money(amount, currency, tag), what };
  return disputed ? t(`sum.head-${side}-disputed`, owed) : t(`sum.head-${side}`, owed);
}
