import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { InteractionInPlace } from '../api/shapes.ts';
import type { MailFacts } from '../generated/types.gen.ts';
import { number } from '../words/how-much.ts';
import { named, t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { CalendarEntry } from './calendar-entry.tsx';
import { isMail, mailFactsQuery, signedUrl } from './interaction.queries.ts';
import { CameBackLine, MailReport } from './mail-report.tsx';
import { ReadAs } from './read-as.tsx';
import './mail-facts.css';

/** What a mail holds beside its words, as far as it holds any of it; above the words, for these may depend on it. */
export function MailFactsView({ interaction }: { interaction: InteractionInPlace }) {
  const { id } = interaction.row;
  const { data: facts } = useQuery({ ...mailFactsQuery(id), enabled: isMail(interaction) });
  if (!facts) return null;
  return (
    <>
      {holdsMore(facts) && (
        <section className="sheet mail-facts" aria-label={t('mailFacts.title')}>
          {facts.report && <MailReport report={facts.report} />}
          {facts.cameBack.map((came) => (
            <CameBackLine key={came.id} came={came} />
          ))}
          {facts.calendar.map((entry, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries stand in the order of the mail
            <CalendarEntry key={at} entry={entry} />
          ))}
          {facts.protection.map((sealing, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: signatures stand in the order of the mail
            <Sealing key={at} sealing={sealing} url={signedUrl(id, at)} />
          ))}
          <Rest facts={facts} />
        </section>
      )}
      {facts.isDoubtful && <ReadAs id={id} facts={facts} />}
    </>
  );
}

function holdsMore({ report, outer, piece, appleMail, ...lists }: MailFacts): boolean {
  return (
    [report, outer, piece, appleMail].some((one) => one !== null) ||
    [lists.calendar, lists.protection, lists.elsewhere, lists.cameBack].some(({ length }) => length > 0)
  );
}

function Rest({ facts: { outer, piece, elsewhere, appleMail } }: { facts: MailFacts }) {
  return (
    <>
      {appleMail && (
        <p className="small">
          {t('mailFacts.appleMail')}{' '}
          {[
            appleMail.receivedAt && t('mailFacts.cameIn', { when: momentOf(appleMail.receivedAt) }),
            ...appleMail.flags.map((flag) => t(`appleFlag.${flag}`)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {outer && <p>{t('mailFacts.outer', { subject: outer.subject ?? t('mailFacts.nothing') })}</p>}
      {piece && (
        <p>
          {piece.total === null
            ? t('mailFacts.piece', { number: number(piece.number) })
            : t('mailFacts.pieceOf', { number: number(piece.number), total: number(piece.total) })}
        </p>
      )}
      {elsewhere.map(({ accessType, where, name }) => (
        <p key={`${accessType} ${where} ${name}`}>
          {t('mailFacts.elsewhere', { name: name ?? t('attachments.noName') })}{' '}
          <code className="mono">{[accessType, where].filter(Boolean).join(' ')}</code>
        </p>
      ))}
    </>
  );
}

type SealingShown = { sealing: MailFacts['protection'][number]; url: string };

/** What is signed, whom the certificate names, and whether it fits; never a tick. */
function Sealing({ sealing: { by, form, signed, signers, checked }, url }: SealingShown) {
  const way = named('mailSeal', by);
  if (form === 'encrypted') return <p>{t('mailFacts.encrypted', { way })}</p>;
  return (
    <div>
      <p>
        <strong>{t('mailFacts.signed', { way })}</strong>{' '}
        {signed
          ? t('mailFacts.signedBytes', { start: number(signed.start), end: number(signed.end) })
          : t('mailFacts.signedInside')}{' '}
        <a href={url} download>
          {t('mailFacts.takeSigned')}
        </a>
      </p>
      <ul>
        {signers.map((signer) => (
          <li key={JSON.stringify(signer)}>
            <Signer signer={signer} />
          </li>
        ))}
        {signers.length === 0 && <li className="quiet">{t('mailFacts.noSigner')}</li>}
      </ul>
      <p>{named('mailCheck', by === 'pgp' ? 'pgp' : checked)}</p>
      {checked !== 'not-checked' && <p className="small quiet">{t('mailFacts.noAuthority')}</p>}
    </div>
  );
}

function Signer({ signer: { name, address, issuer, from, until } }: { signer: Certificate }): ReactNode {
  const who = [name, address && `<${address}>`].filter(Boolean).join(' ') || t('who.unknown');
  return (
    <>
      {t('mailFacts.signer', { who, issuer: issuer ?? t('who.unknown') })}
      {from && until && (
        <span className="quiet"> {t('mailFacts.valid', { from: dateOf(from), until: dateOf(until) })}</span>
      )}
    </>
  );
}
type Certificate = SealingShown['sealing']['signers'][number];
