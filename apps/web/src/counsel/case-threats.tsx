import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Case } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { Points } from './brief.tsx';
import { briefQuery } from './counsel.queries.ts';

/** What was threatened, word by word, each with the record it stands in; nothing where nobody threatened. */
export function CaseThreats({ found: { id, points } }: { found: Case }) {
  // A brief goes through all of a client's gaps: it is asked for only where there is something to quote.
  const isThreatened = points.some(({ kind }) => kind === 'threat');
  const { data: brief } = useQuery({ ...briefQuery(id, 'counsel'), enabled: isThreatened });
  const navigate = useNavigate();
  if (!brief || brief.threats.length === 0) return null;
  return (
    <section className="section" aria-labelledby="case-threats">
      <h2 id="case-threats">{t('counsel.threats')}</h2>
      <Points
        points={brief.threats}
        onOpen={(interactionId) =>
          navigate({ to: '/interactions/$interactionId', params: { interactionId } })
        }
      />
    </section>
  );
}
