import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, chownSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A database in a folder of its own, on a port of the loopback interface. */
export interface DatabaseServer {
  readonly port: number;
  /** Starts it, and waits until it takes connections. */
  start(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

const debian = '/usr/lib/postgresql';

/** The folder of Debian's newest PostgreSQL. */
function postgresPrograms(): string | undefined {
  if (!existsSync(debian)) return undefined;
  const [newest] = readdirSync(debian).sort((one, other) => Number(other) - Number(one));
  const folder = newest === undefined ? undefined : join(debian, newest, 'bin');
  return folder !== undefined && existsSync(join(folder, 'initdb')) ? folder : undefined;
}

const redisProgram = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((file) =>
  existsSync(file),
);

export const hasPostgres = postgresPrograms() !== undefined;
export const hasRedis = redisProgram !== undefined;

export async function postgres(): Promise<DatabaseServer> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  // It does not run as root.
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const quiet = { ...user, cwd: folder, stdio: 'ignore' } as const;
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], quiet);
  return database(
    folder,
    'SIGINT',
    (port) => {
      const settings = [
        'listen_addresses=127.0.0.1',
        `port=${port}`,
        `unix_socket_directories=${folder}`,
        'max_connections=200',
      ];
      const args = ['-D', data, ...settings.flatMap((each) => ['-c', each])];
      return spawn(join(programs, 'postgres'), args, quiet);
    },
    async (port) => {
      const asking = spawn(join(programs, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], {
        stdio: 'ignore',
      });
      return new Promise<boolean>((resolve) => asking.once('exit', (code) => resolve(code === 0)));
    },
  );
}

export async function redis(fsync: 'always' | 'everysec' = 'always'): Promise<DatabaseServer> {
  if (redisProgram === undefined) throw new Error('Redis is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  return database(
    folder,
    'SIGTERM',
    (port) => {
      const settings = {
        bind: '127.0.0.1',
        port,
        dir: folder,
        appendonly: 'yes',
        appendfsync: fsync,
        save: '',
      };
      const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
      return spawn(redisProgram, args, { cwd: folder, stdio: 'ignore' });
    },
    pongs,
  );
}

async function database(
  folder: string,
  end: NodeJS.Signals,
  run: (port: number) => ChildProcess,
  isReady: (port: number) => Promise<boolean>,
): Promise<DatabaseServer> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const server: DatabaseServer = {
    port,
    async start() {
      child = run(port);
      await answering(port, isReady);
    },
    async stop(signal = end) {
      const running = child;
      child = undefined;
      if (running?.exitCode !== null) return;
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill(signal);
      await ended;
    },
    async remove() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until the server says that it takes work: while it recovers, it listens already. */
async function answering(port: number, isReady: (port: number) => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    if (await isReady(port)) return;
    await pause(50);
  }
  throw new Error(`no server answers on port ${port}`);
}

/** Whether Redis answers a PING with a PONG, and not that it is loading. */
async function pongs(port: number): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => void socket.write('PING\r\n'));
    const end = (isReady: boolean): void => {
      socket.destroy();
      resolve(isReady);
    };
    socket.once('data', (answer) => end(answer.toString().startsWith('+PONG')));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}

/** Between a client and a server: goes on taking connections while nothing comes through. */
export interface Proxy {
  readonly port: number;
  hang(): void;
  resume(): void;
  close(): Promise<void>;
}

export async function proxyTo(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>();
  let isHanging = false;
  const server: Server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
      if (isHanging) socket.pause();
    }
    client.on('data', (chunk) => void upstream.write(chunk));
    upstream.on('data', (chunk) => void client.write(chunk));
    if (isHanging) for (const socket of [client, upstream]) socket.pause();
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    hang() {
      isHanging = true;
      for (const socket of sockets) socket.pause();
    },
    resume() {
      isHanging = false;
      for (const socket of sockets) socket.resume();
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
