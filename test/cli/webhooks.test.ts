import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { helpdeskServer, secretOf } from '../clients/helpdesk-server.js';
import { temporaryFolder } from '../output/tree.js';
import { runIn } from './command.js';

const server = await helpdeskServer();
afterAll(() => server.close());

let root = '';
beforeEach(() => {
  root = temporaryFolder();
  server.reset();
  vi.stubEnv('HELPDESK_API_KEY', server.apiKey);
  vi.stubEnv('HELPDESK_WORKSPACE_ID', server.workspaceId);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const webhooks = (...args: readonly string[]) =>
  runIn(root, ['webhooks', ...args, '--base-url', server.baseUrl]);
/** A path, with the folder that it stands in. */
const inFolder = (path: string): string => {
  mkdirSync(dirname(path));
  return path;
};
const ours = ['--name', 'ours', '--target-url', 'https://a.example/webhooks/helpdesk'];

describe('ensure', () => {
  test('prints the secret of a new webhook once, and nothing else to stdout', async () => {
    const first = await webhooks('ensure', ...ours);
    expect(first).toMatchObject({ exitCode: 0, stdout: `${secretOf('whk_1')}\n` });
    expect(first.stderr).not.toContain('whsec_');
    expect(server.kept[0]?.events).toEqual([
      'ticket.assignment.changed',
      'ticket.created',
      'ticket.deleted',
      'ticket.resolved',
      'ticket.updated',
    ]);
    const second = await webhooks('ensure', ...ours);
    expect(second).toMatchObject({ exitCode: 0, stdout: '' });
    expect(second.stderr).toContain('Left alone whk_1');
    const third = await webhooks('ensure', ...ours, '--events', 'ticket.created');
    expect(third.stderr).toContain('Updated whk_1');
    expect(server.kept).toMatchObject([{ events: ['ticket.created'] }]);
  });

  test('writes it into a file for this user alone, and keeps that file afterwards', async () => {
    const first = await webhooks('ensure', ...ours, '--secret-file', 'secret');
    expect(first).toMatchObject({ exitCode: 0, stdout: '' });
    expect(first.stderr).not.toContain('whsec_');
    const file = join(root, 'secret');
    expect(readFileSync(file, 'utf8')).toBe(`${secretOf('whk_1')}\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await webhooks('ensure', ...ours, '--secret-file', 'secret')).toMatchObject({ exitCode: 0 });
    expect(readFileSync(file, 'utf8')).toBe(`${secretOf('whk_1')}\n`);
    expect(readdirSync(root)).toEqual(['secret']);
  });

  test('a file of others is replaced by one for this user alone', async () => {
    writeFileSync(join(root, 'secret'), 'old', { mode: 0o644 });
    await webhooks('ensure', ...ours, '--secret-file', 'secret');
    expect(statSync(join(root, 'secret')).mode & 0o777).toBe(0o600);
  });

  test.each<[what: string, make: (path: string) => unknown, reason: string]>([
    ['a folder that is not there', () => undefined, 'it is not there'],
    ['a folder', (path) => mkdirSync(path, { recursive: true }), 'a folder is in its place'],
    [
      'a file for a folder on the way',
      (path) => writeFileSync(dirname(path), ''),
      'a folder on the way to it is not a folder',
    ],
    ['a link', (path) => symlinkSync('elsewhere', inFolder(path)), 'no regular file'],
    ['a link to a folder', (path) => symlinkSync('.', inFolder(path)), 'no regular file'],
    ['a pipe', (path) => execFileSync('mkfifo', [inFolder(path)]), 'no regular file'],
  ])('nothing is created where the secret could not be kept: %s', async (_, make, reason) => {
    make(join(root, 'folder/secret'));
    const before = readdirSync(root, { recursive: true });
    const ended = await webhooks('ensure', ...ours, '--secret-file', 'folder/secret');
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ended.stderr).toContain('secret-file-unwritable');
    expect(ended.stderr).toContain(reason);
    expect(server.requests).toEqual([]);
    expect(readdirSync(root, { recursive: true })).toEqual(before);
  });

  test.each([
    ['the new one is deleted', undefined, 'whk_1 was deleted again', []],
    ['one that stays is named', 'DELETE', 'whk_1 is still there without its secret', ['whk_1']],
  ])(
    'a secret that cannot be written in the end takes its webhook with it: %s',
    async (_, refused, words, kept) => {
      server.refused = refused;
      server.meanwhile = (line) => {
        if (line.startsWith('POST')) mkdirSync(join(root, 'secret'));
      };
      const ended = await webhooks('ensure', ...ours, '--secret-file', 'secret');
      expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
      expect(ended.stderr).toContain(words);
      expect(ended.stderr).not.toContain('whsec_');
      expect(server.kept.map(({ id }) => id)).toEqual(kept);
      expect(readdirSync(root)).toEqual(['secret']);
    },
  );

  test('as JSON', async () => {
    const { stdout } = await webhooks('ensure', ...ours, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'webhooks',
      ok: true,
      action: 'created',
      webhook: { id: 'whk_1' },
      signingSecret: secretOf('whk_1'),
    });
    const again = await webhooks('ensure', ...ours, '--json', '--secret-file', 'secret');
    expect(JSON.parse(again.stdout)).not.toHaveProperty('signingSecret');
    expect(existsSync(join(root, 'secret'))).toBe(false);
  });
});

test('list and delete', async () => {
  server.add({ name: 'mine', events: ['ticket.created'] });
  expect(await webhooks('list')).toMatchObject({
    exitCode: 0,
    stdout: [
      'ID     NAME  ACTIVE  TARGET              EVENTS',
      'whk_1  mine  yes     https://a.example/  ticket.created',
      '',
    ].join('\n'),
  });
  expect(await webhooks('delete', 'whk_1')).toMatchObject({ exitCode: 0, stdout: '' });
  expect(server.kept).toEqual([]);
  const ended = await webhooks('delete', 'whk_1');
  expect(ended).toMatchObject({ exitCode: 1 });
  expect(ended.stderr).toContain('404');
});

test.each([
  ['no name', ['ensure', '--target-url', 'https://a.example/'], 'webhooks-invalid'],
  ['no address', ['ensure', '--name', 'ours'], 'webhooks-invalid'],
  ['no HTTPS', ['ensure', '--name', 'ours', '--target-url', 'http://a.example/'], 'webhooks-invalid'],
  ['an unknown event', ['ensure', ...ours, '--events', 'ticket.craeted'], 'The nearest is'],
  ['no id', ['delete'], 'webhooks-invalid'],
  ['no key', ['list', '--key-env', 'NO_SUCH_KEY'], 'api-key-missing'],
  ['a bad id', ['delete', '../tickets'], 'webhooks-invalid'],
] as const)('%s is a mistake of the command line', async (_, args, words) => {
  const ended = await webhooks(...args);
  expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ended.stderr).toContain(words);
  expect(server.kept).toEqual([]);
});

test.each([
  ['http://localhost:2', 'nothing listens at localhost:2'],
  // What no fetch asks.
  ['http://localhost:1', 'the connection to localhost:1 failed'],
])('%s: that nothing answers is told as send tells it', async (url, words) => {
  const ended = await runIn(root, ['webhooks', 'list', '--base-url', url]);
  expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
  expect(ended.stderr).toContain(`error api-unreachable: No answer from Helpdesk: ${words}.`);
});

test('a refusal says what Helpdesk says, without the key that it repeats', async () => {
  vi.stubEnv('WRONG', 'aclou_wrong_key');
  const ended = await webhooks('list', '--key-env', 'WRONG');
  expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
  expect(ended.stderr).toContain('401');
  expect(ended.stderr).not.toContain('aclou_wrong_key');
});
