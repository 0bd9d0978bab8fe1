import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { markSignalsSeen } from '../generated/sdk.gen.ts';
import { kindWords } from '../language/kind-words.ts';
import { newSignalsQuery } from '../language/signals.queries.ts';
import { queries } from '../queries.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import '../language/language.css';

const SHOWN = 6;

/** What came since one last looked, of the last thirty days only; older mail that was imported is not news. */
export function NewMarks() {
  const fresh = useQuery(newSignalsQuery).data;
  const seen = useMutation({
    mutationFn: (upTo: number) => markSignalsSeen({ body: { upTo } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: newSignalsQuery.queryKey }),
  });
  if (!fresh || fresh.items.length === 0) return null;
  return (
    <section className="section">
      <h2 className="row">
        {t('today.newMarks')}
        <button type="button" className="link-button small" onClick={() => seen.mutate(fresh.upTo)}>
          {t('today.seen')}
        </button>
      </h2>
      <ul className="sheet marked-list">
        {fresh.items.slice(0, SHOWN).map((signal) => (
          <li key={signal.id}>
            <Link to="/interactions/$interactionId" params={{ interactionId: signal.interactionId }}>
              <q>{signal.quote}</q>
            </Link>
            <div className="small quiet">
              {kindWords(signal)}
              {signal.party && ` · ${signal.party.name}`} · {dateOf(signal.at)}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
