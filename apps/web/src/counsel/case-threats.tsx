import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { t } from '../words/t.ts';
import { Points } from './brief.tsx';
import { briefQuery } from './counsel.queries.ts';

/** What was threatened, word by word, each with the record it stands in; nothing where nobody threatened. */
export function CaseThreats({ caseId }: { caseId: string }) {
  const { data: brief } = useQuery(briefQuery(caseId, 'counsel'));
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
