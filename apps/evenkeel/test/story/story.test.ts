import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { people } from '../../../../fixtures/story/letter.ts';
import { emlOf, storyMails } from '../../../../fixtures/story/mails.ts';
import { clientMails, story } from '../../../../fixtures/story/story.ts';

const files = storyMails();
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const everything = [...files.map(({ bytes }) => latin1(bytes)), ...story.mails.map(({ text }) => text)].join(
  '\n',
);
const mail = (id: string) => story.mails.find((one) => one.id === id)!;
const fieldsOf = (id: string) => latin1(emlOf(mail(id))).split('\r\n\r\n')[0] as string;

function digest(): string {
  const hash = createHash('sha256');
  for (const { path, bytes } of storyMails()) hash.update(`${path}\0`).update(bytes);
  return hash.digest('hex');
}

/** Changes only together with the story itself; later issues grow the story and this line with it. */
const STORY_SHA256 = '9f25f74133d1da3a9e1f11db2d1eee511741a41a20d744fa3f36f823dae303f4';

describe('the story', () => {
  test('has the same bytes every time it is built, on every machine', () => {
    expect(digest()).toBe(digest());
    expect(digest()).toBe(STORY_SHA256);
  });

  test('is one small firm, one client from the first inquiry to after the end, one to compare with, two private mails', () => {
    expect(story.mails.length).toBeGreaterThanOrEqual(60);
    expect(story.mails.length).toBeLessThanOrEqual(120);
    expect(clientMails[0]?.at.slice(0, 7)).toBe('2026-01');
    expect(clientMails.at(-1)?.at.slice(0, 7)).toBe('2026-08');
    const known = new Set([
      ...story.workspace.me,
      ...story.parties.flatMap(({ identifiers }) => identifiers),
    ]);
    const strangers = story.mails.filter(({ from }) => !known.has(people[from].address));
    expect(strangers.map(({ id }) => id)).toEqual(['dentist', 'sister']);
  });

  test('is told in English, Russian and Finnish, by both sides', () => {
    for (const lang of ['en', 'ru', 'fi'] as const) {
      const senders = new Set(clientMails.filter((one) => one.lang === lang).map(({ from }) => from));
      expect([...senders].some((key) => story.workspace.me.includes(people[key].address))).toBe(true);
      expect([...senders].some((key) => !story.workspace.me.includes(people[key].address))).toBe(true);
    }
  });

  test('names no real domain and no real address', () => {
    const hosts = [...everything.matchAll(/(?:@|https?:\/\/|\bfrom |\bby )([a-z0-9-]+(?:\.[a-z0-9-]+)+)/g)];
    expect(hosts.length).toBeGreaterThan(300);
    for (const [, host] of hosts) expect(host).toMatch(/\.example$/);
    for (const [address] of everything.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g)) {
      expect(address).toMatch(/^(198\.51\.100|203\.0\.113|192\.168\.1|127\.0\.0)\./);
    }
  });

  test('runs forward: ids are unique, an answer is later than what it answers, within one conversation', () => {
    expect(new Set(story.mails.map(({ id }) => id)).size).toBe(story.mails.length);
    for (const { at, answers, quotes } of story.mails) {
      for (const id of [answers, quotes])
        if (id) expect(Date.parse(mail(id).at)).toBeLessThan(Date.parse(at));
    }
  });

  test('asks for the login, answers it on 4 May, and hears it raised twice again', () => {
    expect(mail('hand-over').at).toContain('2026-05-04T10:02');
    expect(mail('hand-over').text).toMatch(/The login is in line 4\.[\s\S]*^4\. The login/m);
    const again = clientMails.filter(
      ({ from, at, text }) => from === 'dmitri' && at > '2026-05-04' && /\blogin\b/.test(text),
    );
    expect(again.map(({ id }) => id)).toEqual(['never-told', 'third-time']);
    expect(mail('third-time').text).toContain('I will see you in court.');
  });
});

describe('its mails', () => {
  test('end every line with CRLF, keep lines under 998 bytes, and are ASCII unless they say 8bit', () => {
    for (const one of story.mails) {
      const text = latin1(emlOf(one));
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(Math.max(...text.split('\r\n').map(({ length }) => length))).toBeLessThan(998);
      if (!text.includes('Content-Transfer-Encoding: 8bit')) expect(text).toMatch(/^[\t\r\n\x20-\x7e]*$/);
    }
  });

  test('come in four charsets and four shapes of body', () => {
    for (const words of [
      ...['charset=utf-8', 'charset=koi8-r', 'charset=windows-1251', 'charset=iso-8859-1'],
      ...['quoted-printable', 'base64', '8bit', 'multipart/alternative', 'multipart/mixed', 'message/rfc822'],
      ...['image/png', 'application/pdf'],
    ]) {
      expect(everything).toContain(words);
    }
  });

  test('hold the words that were written, in the charset that they state', () => {
    const [head, body] = latin1(emlOf(mail('deceived'))).split('\r\n\r\n') as [string, string];
    expect(head).toContain('charset=windows-1251');
    expect(new TextDecoder('windows-1251').decode(Buffer.from(body, 'latin1'))).toContain(
      'Вы меня просто обманываете.',
    );
    const koi = latin1(emlOf(mail('table-soon'))).split('\r\n\r\n')[1] as string;
    expect(new TextDecoder('koi8-r').decode(Buffer.from(koi, 'base64'))).toContain('41 позиция из 60');
  });

  test('thread by In-Reply-To and References', () => {
    const id = /^Message-ID: (.+)$/m.exec(fieldsOf('hand-over'))?.[1] as string;
    expect(fieldsOf('will-look')).toContain(`In-Reply-To: ${id}`);
    expect(fieldsOf('will-look')).toMatch(new RegExp(`References: [\\s\\S]*${id}`));
  });

  test('include one that has lost its date, though a server saw it', () => {
    const undated = story.mails.filter(({ id }) => !/^Date: /m.test(fieldsOf(id)));
    expect(undated.map(({ id }) => id)).toEqual(['warehouse-question']);
    expect(fieldsOf('warehouse-question')).toMatch(/Received: [\s\S]*; Tue, 28 Apr 2026 14:12:04 \+0300/);
  });

  test('include one that is there twice: as sent, and as the list sent it back', () => {
    const copy = latin1(files.find(({ path }) => path.startsWith('team-list/'))!.bytes);
    const sent = latin1(emlOf(mail('hand-over')));
    expect(copy).not.toBe(sent);
    expect(copy.endsWith(sent)).toBe(true);
    expect(copy).toContain('List-Id: ');
  });

  test('carry one image that would tell its sender who reads', () => {
    expect(everything.match(/<img /g)).toHaveLength(1);
    expect(everything).toContain('track.baltika.example');
  });

  test('stand in one mbox for the client, with every From line escaped, and loose beside it', () => {
    const box = latin1(files.find(({ path }) => path === 'baltika.mbox')!.bytes);
    expect(box).not.toContain('\r');
    expect(box.match(/^From \S+@\S+ \w{3} \w{3} [ \d]\d [\d:]{8} 2026$/gm)).toHaveLength(clientMails.length);
    expect(box.match(/^From /gm)).toHaveLength(clientMails.length);
    expect(box).toContain('\n>From Monday I write');
    expect(files.filter(({ path }) => path.startsWith('inbox/'))).toHaveLength(
      story.mails.length - clientMails.length,
    );
  });
});

test('nothing that is ours names a kind of person', () => {
  const ours = story.mails.filter(({ from }) => story.workspace.me.includes(people[from].address));
  const words = [
    ...files.map(({ path }) => path),
    ...ours.map(({ text, subject }) => `${subject}\n${text}`),
  ].join('\n');
  expect(words).not.toMatch(
    /difficult|aggressive|unreasonable|toxic|crazy|hysteri|скандал|хам\b|hankala|vaikea asiakas/i,
  );
});
