import { useQuery } from '@tanstack/react-query';
import { named, say, t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { senderQuery } from './mailbox.queries.ts';

/** Whether the sender's domain stood behind a mail when it came; anything but a pass is said to be unverified. */
export function SenderView({ id }: { id: string }) {
  const { data } = useQuery(senderQuery(id));
  if (!data) return null;
  const { verdict, at, result } = data;
  return (
    <section>
      <h2>{t('sender.title')}</h2>
      <p>
        {verdict === 'pass' ? t('sender.pass', { from: result.from ?? '' }) : t('sender.unverified')}{' '}
        <span className="quiet small">
          {at ? t('sender.asked', { when: momentOf(at) }) : t('sender.notAsked')}
        </span>
      </p>
      <ul className="small">
        {result.dkim.map(({ domain, selector, result: said, flags, keyBits, bodyHashFits }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: signatures stand in the order of the mail
          <li key={i}>
            {t('sender.dkim', {
              domain,
              key: keyBits === null ? selector : `${selector}, ${keyBits} bit`,
              said: saidOf(said),
            })}
            {' · '}
            {t(bodyHashFits ? 'sender.bodyFits' : 'sender.bodyChanged')}
            {flags.map((flag) => (
              <span key={flag}> · {named('senderFlag', flag)}</span>
            ))}
          </li>
        ))}
        {result.dkim.length === 0 && <li>{t('sender.unsigned')}</li>}
        {result.spf && (
          <li>
            {t('sender.spf', {
              domain: result.spf.domain,
              client: result.spf.client,
              said: saidOf(result.spf.result),
            })}
          </li>
        )}
        <li>{t('sender.dmarc', { said: saidOf(result.dmarc.result), arc: saidOf(result.arc.result) })}</li>
      </ul>
      <p className="small quiet">{t('sender.what')}</p>
      {result.answers.length > 0 && (
        <details>
          <summary>{t('sender.answers', { count: result.answers.length })}</summary>
          <ul className="small mono">
            {result.answers.map(({ name, type, records, error }) => (
              <li key={`${name} ${type}`}>
                {name} {type}: {error ?? records?.map((one) => [one].flat().join('')).join(' | ')}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** The result's word, in the reader's language where there is one. */
function saidOf(result: string): string {
  return say(`mailAuth.${result}`) ?? result;
}
