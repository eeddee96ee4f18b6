import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `cairn account create` prints, and what it was given. */
export type Account = {
  name: string;
  email: string;
  password: string;
  accountId: string;
  appId: string;
  environmentId: string;
  apiKey: string;
};

/** Where Linux keeps files in memory: tests need not wait for a disk. */
const MEMORY = '/dev/shm';

export type Variables = Record<string, string>;

/** One installation: a server process with a data directory of its own. */
export class Cairn {
  private process?: ChildProcess;
  private log = '';
  private accounts = 0;

  private constructor(
    readonly url: string,
    readonly dataDir: string,
    private readonly variables: Variables,
  ) {}

  static async start(variables: Variables = {}): Promise<Cairn> {
    const dataDir = await mkdtemp(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'cairn-end2end-'));
    const listen = `127.0.0.1:${await freePort()}`;
    const cairn = new Cairn(`http://${listen}`, dataDir, {
      CAIRN_DATA_DIR: dataDir,
      CAIRN_LISTEN: listen,
      ...variables,
    });
    await cairn.resume();
    return cairn;
  }

  /** Starts the server on the data that is there. */
  async resume(): Promise<void> {
    const child = spawn(binary(), ['serve'], { env: this.environment(), stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    }
    const deadline = Date.now() + 20_000;
    while (!(await isReady(this.url))) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await this.stop('SIGKILL');
        throw new Error(`cairn did not get ready:\n${this.log}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Stops the server; its data stays. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Everything that the server has logged so far. */
  output(): string {
    return this.log;
  }

  /** Runs another command of the binary on the same installation and answers what it prints. */
  run(args: string[], input = ''): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = execFile(binary(), args, { env: this.environment() }, (error, stdout, stderr) => {
        if (error) reject(new Error(`cairn ${args.join(' ')}: ${error.message}\n${stderr}`));
        else resolve(stdout);
      });
      // A command that reads nothing may have ended by now.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
    });
  }

  /** Makes an account beside those that exist, so that tests that share an installation never meet. */
  async createAccount(): Promise<Account> {
    this.accounts += 1;
    const name = `Account ${this.accounts}`;
    const email = `admin-${this.accounts}@example.test`;
    const password = `correct horse ${this.accounts} battery`;
    const args = ['account', 'create', '--name', name, '--email', email, '--password-stdin', '--json'];
    const made = JSON.parse(await this.run(args, password));
    return {
      name,
      email,
      password,
      accountId: made.account_id,
      appId: made.app_id,
      environmentId: made.environment_id,
      apiKey: made.api_key,
    };
  }

  private environment(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.variables };
  }
}

function binary(): string {
  const path = process.env.CAIRN_BIN;
  if (!path) throw new Error('CAIRN_BIN names no binary: run these tests with `cargo xtask test --only e2e`');
  return path;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
