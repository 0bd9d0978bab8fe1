import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CiteLink } from '../agreement/cite-picker.tsx';
import { money } from '../agreement/clause-words.ts';
import { noonOf } from '../restriction/measure-words.ts';
import { language, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import type { Sheet } from './ending.queries.ts';

/** Everything as recorded. It recommends nothing. */
export function SheetView({ sheet }: { sheet: Sheet }) {
  const partyId = sheet.party.id;
  return (
    <>
      <Owed sheet={sheet} />
      <Rows title={t('ending.promises')}>
        {sheet.promises.map(({ id, side, what, on }) => (
          <li key={id}>
            {t('ending.promise', { side, what })} {on && <span className="quiet">{dateOf(noonOf(on))}</span>}
          </li>
        ))}
      </Rows>
      <Rows title={t('ending.work')}>
        {sheet.work.map(({ id, number, says }) => (
          <li key={id}>{t('ending.clause', { number, says })}</li>
        ))}
        {sheet.points.map(({ id, number, title }) => (
          <li key={id}>
            <Link to="/clients/$partyId/points/$number" params={{ partyId, number: String(number) }}>
              {t('ending.point', { number, title })}
            </Link>
          </li>
        ))}
      </Rows>
      <Effort sheet={sheet} />
      <Rows title={t('ending.notice')}>
        {sheet.notice.map(({ id, number, says }) => (
          <li key={id}>{t('ending.clause', { number, says })}</li>
        ))}
        {sheet.ends.map(({ id, title, on }) => (
          <li key={id}>{t('ending.agreementEnds', { title, date: on ? dateOf(noonOf(on)) : '' })}</li>
        ))}
      </Rows>
      <Rows title={t('ending.breaches')}>
        {sheet.breaches.map(({ boundaryId, says, count, items }) => (
          <li key={boundaryId}>
            {t('ending.breach', { says, count })}
            {items.map(({ cite }) => (
              <p key={`${cite.interactionId} ${cite.start}`} className="small">
                <CiteLink partyId={partyId} cite={cite} />
              </p>
            ))}
          </li>
        ))}
      </Rows>
      <Rows title={t('ending.cases')}>
        {sheet.cases.map(({ id, title }) => (
          <li key={id}>
            <Link to="/cases/$caseId" params={{ caseId: id }}>
              {title}
            </Link>
          </li>
        ))}
        {sheet.complaints.map(({ id, number }) => (
          <li key={id}>
            <Link to="/complaints/$complaintId" params={{ complaintId: id }}>
              {t('complaint.titled', { number })}
            </Link>
          </li>
        ))}
      </Rows>
      <Rows title={t('ending.dates')}>
        {sheet.dates.map(({ id, code, at, says, source }) => (
          <li key={`${id} ${code}`}>
            {dateOf(at)} {says} {source && <span className="small quiet">{source}</span>}
          </li>
        ))}
      </Rows>
    </>
  );
}

function Rows({ title, children }: { title: string; children: ReactNode }) {
  const isEmpty = Array.isArray(children) ? children.flat().length === 0 : !children;
  return (
    <section className="sheet restriction-card" aria-label={title}>
      <h2 className="answer-head">{title}</h2>
      {isEmpty ? (
        <p className="small quiet">{t('ending.nothing')}</p>
      ) : (
        <ul className="ending-rows">{children}</ul>
      )}
    </section>
  );
}

function Owed({ sheet }: { sheet: Sheet }) {
  const { tag } = language.use();
  const sums = sheet.owed.map(({ id, side, what, amount, currency, dueOn, disputed }) => (
    <li key={id}>
      {t('ending.sum', { side, amount: money(amount, currency, tag), what })}{' '}
      {dueOn && <span className="quiet">{t('sum.due', { date: dateOf(noonOf(dueOn)) })}</span>}{' '}
      {disputed && <span>{t('sum.disputed', { amount: money(disputed, currency, tag) })}</span>}
    </li>
  ));
  const totals = sheet.totals.map(({ side, currency, amount }) => (
    <li key={`${side} ${currency}`}>
      <strong>{t('ending.total', { side, amount: money(amount, currency, tag) })}</strong>
    </li>
  ));
  return (
    <Rows title={t('ending.owed')}>
      {sums}
      {totals}
    </Rows>
  );
}

function Effort({ sheet: { effort } }: { sheet: Sheet }) {
  const { inbound, outbound, talks, talksWithLength, minutes, since } = effort;
  const hours = Math.floor(minutes / 60);
  return (
    <Rows title={t('ending.effort')}>
      <li>{t('ending.messages', { inbound, outbound })}</li>
      <li>{t('ending.talks', { talks, measured: talksWithLength, hours, minutes: minutes % 60 })}</li>
      <li className="small quiet">{t('ending.effortAsRecorded', { since: since ? dateOf(since) : '' })}</li>
    </Rows>
  );
}
