import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../words/t.ts';

/** What the small models learnt from, how well they do, what they cannot; the same page as in the documents. */
export function ModelCard() {
  const [isOpen, setOpen] = useState(false);
  const card = useQuery({
    queryKey: ['model-card'],
    queryFn: async () => (await import('../../../../docs/explain/language-model.md?raw')).default,
    enabled: isOpen,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
  return (
    <details className="section" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('rules.card')}</summary>
      {card && (
        <pre className="sheet model-card small" lang="en">
          {card}
        </pre>
      )}
    </details>
  );
}
