import { Link } from '@tanstack/react-router';
import type { MailFacts } from '../generated/types.gen.ts';
import { named, say, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';

type Report = NonNullable<MailFacts['report']>;

/** A bounce, a receipt or a complaint: what a mail program says became of a letter, and which letter that is. */
export function MailReport({ report }: { report: Report }) {
  const { kind, certainty, action, status, recipients, diagnostic, original, originalMessageId } = report;
  const lines = recipients.length > 0 ? recipients : [{ address: null, action, status, diagnostic }];
  return (
    <div>
      <p>
        <strong>{named('mailReport', kind)}</strong>{' '}
        {certainty === 'guessed' && <span className="quiet">{t('mailFacts.reportGuessed')}</span>}
      </p>
      <ul>
        {lines.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: recipients stand in the order of the report
          <li key={at}>
            {one.address && `${one.address}: `}
            {say(`mailBecame.${one.action}`) ?? one.action ?? t('mailFacts.reportUnclear')}
            {one.status && ` (${one.status})`}
            {one.diagnostic && <span className="mono small quiet"> {one.diagnostic}</span>}
          </li>
        ))}
      </ul>
      <p className="small">
        {original ? (
          <>
            {t('mailFacts.reportOf')}{' '}
            <Link to="/interactions/$interactionId" params={{ interactionId: original.id }}>
              {original.subject ?? t('kind.message')}, {momentOf(original.at)}
            </Link>
          </>
        ) : (
          <span className="quiet">
            {originalMessageId
              ? t('mailFacts.reportNotHere', { name: originalMessageId })
              : t('mailFacts.reportOfNone')}
          </span>
        )}
      </p>
    </div>
  );
}
