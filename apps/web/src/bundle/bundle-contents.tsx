import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { factsQuery } from '../chronology/chronology.queries.ts';
import { t } from '../words/t.ts';

/** What else goes into a bundle beside the exhibits: our own record, the stated facts, readable copies. */
export function useContents() {
  const [withMatters, setWithMatters] = useState(false);
  const [withFacts, setWithFacts] = useState(true);
  const [withRenditions, setWithRenditions] = useState(false);
  return {
    order: { withMatters, withFacts, withRenditions },
    ...{ setWithMatters, setWithFacts, setWithRenditions },
  };
}

type Contents = { partyId: string; contents: ReturnType<typeof useContents> };

export function BundleContents({ partyId, contents }: Contents) {
  const { order, setWithMatters, setWithFacts, setWithRenditions } = contents;
  const facts = useQuery(factsQuery(partyId)).data?.statements.length ?? 0;
  return (
    <>
      <label className="bundle-own">
        <input
          type="checkbox"
          checked={order.withFacts}
          onChange={(event) => setWithFacts(event.currentTarget.checked)}
        />
        {t('bundle.withFacts', { count: facts })}
        <span className="small quiet">{t('bundle.withFactsWhy')}</span>
      </label>
      <p className="small bundle-link">
        <Link to="/clients/$partyId/chronology" params={{ partyId }} search={(now) => now}>
          {t('bundle.facts')}
        </Link>
      </p>
      <label className="bundle-own">
        <input
          type="checkbox"
          checked={order.withMatters}
          onChange={(event) => setWithMatters(event.currentTarget.checked)}
        />
        {t('bundle.withMatters')}
        <span className="small quiet">
          {t('bundle.withMattersWhy')} {t('bundle.withMattersPrints')}
        </span>
      </label>
      <label className="bundle-own">
        <input
          type="checkbox"
          checked={order.withRenditions}
          onChange={(event) => setWithRenditions(event.currentTarget.checked)}
        />
        {t('bundle.withRenditions')}
        <span className="small quiet">{t('bundle.withRenditionsWhy')}</span>
      </label>
    </>
  );
}
