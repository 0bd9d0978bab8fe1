import { useQuery } from '@tanstack/react-query';
import { CiteLink } from '../agreement/cite-picker.tsx';
import { inLang, langNow } from '../agreement/clause-words.ts';
import { useWho } from '../session/who.ts';
import { language, named, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { type Warning, warningsQuery } from './screening.queries.ts';
import { WarningActs } from './warning-acts.tsx';

/** Entries, each with what was done, in whose words, until when, and what was said about it. */
export function WarningLines({ warnings, acts = false }: { warnings: readonly Warning[]; acts?: boolean }) {
  const who = useWho();
  const lang = langNow(language.use().tag);
  const reasons = useQuery(warningsQuery()).data?.reasons ?? [];
  return (
    <ul className="lines">
      {warnings.map((warning) => {
        const { id, reason, cite, basis, expiresOn, tellSays, tellOn, toldAt, log } = warning;
        const code = reasons.find((one) => one.id === reason);
        return (
          <li key={id} className="line-block stack">
            <span>
              <strong>{code ? inLang(code.says, lang) : reason}</strong> · {warning.party}{' '}
              <CiteLink partyId={warning.partyId} cite={cite} />
            </span>
            <span className="small quiet">
              {t('warning.until', { date: dateOf(`${expiresOn}T12:00`) })} · {dateOf(warning.at)},{' '}
              {who(warning.by)}
            </span>
            <span className="small">
              {t('warning.basis')}: {basis}
            </span>
            <span className="small">
              {toldAt
                ? t('warning.toldOn', { date: dateOf(toldAt) })
                : `${inLang(tellSays, lang)}${tellOn ? ` (${dateOf(`${tellOn}T12:00`)})` : ''}`}
            </span>
            {log.map((line) => (
              <span key={line.id} className="small">
                {named('warninglog', line.kind)} {dateOf(line.at)}: {line.says}
              </span>
            ))}
            {acts && <WarningActs warning={warning} />}
          </li>
        );
      })}
    </ul>
  );
}
