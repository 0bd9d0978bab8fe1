import { describe, expect, test } from 'vitest';
import { linkedin } from '../../src/linkedin/reader.ts';
import { bytesSource } from '../../src/source.ts';
import { runOf } from '../export-run.ts';

const source = (value: unknown, name = 'export.json') =>
  bytesSource(name, Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

describe('LinkedIn, its own download', () => {
  const HEAD =
    'CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT';
  const row = (more: Readonly<Record<string, string>> = {}) => {
    const cells = {
      ...{ id: '2-abc', title: '', from: 'Anna Orlova', profile: 'https://www.linkedin.com/in/Anna-Orlova/' },
      ...{ to: 'Mira Lahti', profiles: 'https://www.linkedin.com/in/miral', date: '2026-05-12 06:14:00 UTC' },
      ...{
        subject: '',
        content: '"Well,\nwhere is it?"',
        folder: 'INBOX',
        attachments: '',
        draft: 'No',
        ...more,
      },
    };
    return Object.values(cells).join(',');
  };
  const read = (...rows: readonly string[]) =>
    runOf(linkedin, source(`\ufeff${[HEAD, ...rows].join('\n')}\n`, 'messages.csv'));

  test('a row is a message with both people by their profiles, in UTC', async () => {
    const { items, seam, unreadable } = await read(row(), row({ from: 'LinkedIn Member', profile: '' }));
    expect([seam, unreadable]).toEqual([null, []]);
    expect(items).toMatchObject([
      {
        conversation: { id: 'linkedin:2-abc', isGroup: false },
        from: { name: 'Anna Orlova', address: 'linkedin:anna-orlova' },
        to: [{ name: 'Mira Lahti', address: 'linkedin:miral' }],
        ...{ sentAt: '2026-05-12T06:14:00+00:00', text: 'Well,\nwhere is it?', state: null, issues: [] },
      },
      { from: { name: 'LinkedIn Member', address: 'linkedin:name=LinkedIn Member' } },
    ]);
  });

  test('a page as words, a draft, a file that is a link, several people, and a row that is cut', async () => {
    const { items, unreadable, seam } = await read(
      row({ content: '"<p>Dear Mira,</p><p>an offer</p>"', draft: 'Yes' }),
      row({ attachments: 'https://www.linkedin.com/dms/prv/plan.pdf?x=1' }),
      row({
        to: '"Mira Lahti,Kai Aho"',
        profiles: '"https://linkedin.com/in/miral,https://linkedin.com/in/kai"',
      }),
      row({ date: 'yesterday' }),
      '2-abc,,Anna',
    );
    expect(items[0]).toMatchObject({
      state: 'draft',
      text: expect.stringMatching(/^Dear Mira,\n+an offer$/),
    });
    expect(items[1]).toMatchObject({
      files: [{ name: 'plan.pdf' }],
      issues: [{ code: 'file-not-exported' }],
    });
    expect(items[2]).toMatchObject({
      conversation: { isGroup: true },
      to: [{ name: 'Mira Lahti' }, { name: 'Kai Aho' }],
    });
    expect(items[3]).toMatchObject({
      sentAt: null,
      sentAtRaw: 'yesterday',
      issues: [{ code: 'date-unreadable' }],
    });
    expect([unreadable.length, seam]).toEqual([1, null]);
  });

  test('a table with other columns is not taken for it', () => {
    expect(linkedin.recognises(Buffer.from(HEAD), 'messages.csv')).toBe(true);
    expect(linkedin.recognises(Buffer.from('FROM,TO,DATE,CONTENT\n'), 'messages.csv')).toBe(false);
  });
});
