import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { calledOf } from '../custody/called.ts';
import { useSession } from '../session/session.queries.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { type BundleMadeLine, bundleCustodyQuery } from './made.queries.ts';

/** One bundle that was made. */
export function MadeLine({ made }: { made: BundleMadeLine }) {
  const { partyId, partyName, at, by, exhibits, bates } = made;
  return (
    <li className="line-block">
      <Link to="/clients/$partyId" params={{ partyId }}>
        <strong>{partyName}</strong>
      </Link>
      {made.isForSubject && ` · ${t('bundle.isForSubject')}`}
      <span>
        {' · '}
        {t('bundles.exhibits', { count: exhibits })}
      </span>
      {bates && (
        <span className="number quiet">
          {' '}
          {bates.first === bates.last ? bates.first : `${bates.first}–${bates.last}`}
        </span>
      )}
      <div className="small quiet">
        {momentOf(at)} · {by.name ?? t('custody.thisMachine')} · {holdingsOf(made).join(' · ')}
      </div>
      <div className="small quiet bundles-more">
        <MoreOfIt made={made} />
        <Link to="/clients/$partyId/bundle" params={{ partyId }}>
          {t('bundles.again')}
        </Link>
      </div>
    </li>
  );
}

function holdingsOf({ isPicked, holds, carries, disclosed, keptApart }: BundleMadeLine): readonly string[] {
  return [
    ...(isPicked === null ? [] : [t(isPicked ? 'bundles.wasPicked' : 'bundles.wasAll')]),
    ...holds.map((one) => t(`bundles.holds.${one}`)),
    ...(carries === null ? [] : [t('bundles.carries', { name: carries })]),
    ...(disclosed > 0 ? [t('bundles.disclosed', { count: disclosed })] : []),
    ...(keptApart > 0 ? [t('bundles.keptApart', { count: keptApart })] : []),
  ];
}

/** The hash by which it is known, and who made bundles of this client. */
function MoreOfIt({ made: { manifestSha256, partyId } }: { made: BundleMadeLine }) {
  const [isOpen, setOpen] = useState(false);
  const role = useSession().data?.member?.role;
  const maySee = role === 'owner' || role === 'manager' || role === 'auditor';
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('bundles.more')}</summary>
      <p>
        {t('bundles.manifest')} <code className="mono bundles-hash">{manifestSha256}</code>
      </p>
      {isOpen && maySee && <Custody partyId={partyId} />}
    </details>
  );
}

function Custody({ partyId }: { partyId: string }) {
  const lines = useQuery(bundleCustodyQuery(partyId)).data ?? [];
  if (lines.length === 0) return null;
  return (
    <>
      <p>{t('bundles.custody')}</p>
      <ol className="plain-list" reversed>
        {lines.map(({ number, at, name, operation }) => (
          <li key={number}>
            {[momentOf(at), name ?? t('custody.thisMachine'), calledOf(operation)].join(' · ')}
          </li>
        ))}
      </ol>
    </>
  );
}
