import { Link } from '@tanstack/react-router';
import type { MailFacts } from '../generated/types.gen.ts';
import { named, say, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';

type Report = NonNullable<MailFacts['report']>;
type CameBack = MailFacts['cameBack'][number];

/** A report that came about this letter, in one line that opens it. */
export function CameBackLine({ came: { id, at, report } }: { came: CameBack }) {
  const [first] = report.recipients;
  const action = first?.action ?? report.action;
  return (
    <p>
      <strong>{t('mailFacts.cameBack')}</strong>{' '}
      <Link to="/interactions/$interactionId" params={{ interactionId: id }}>
        {named('mailReport', report.kind)}
      </Link>{' '}
      {first?.address && `${first.address}: `}
      {say(`mailBecame.${action}`) ?? action ?? t('mailFacts.reportUnclear')}{' '}
      <span className="quiet small">{momentOf(at)}</span>
    </p>
  );
}

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
