import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { SMTPServer } from 'smtp-server';

/** What came, with the paths of its links. */
export type Letter = { to: string[]; text: string };

/** A mail server for a test. It refuses `nobody@...`. */
export class MailServer {
  readonly letters: Letter[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, answer) =>
      address.startsWith('nobody@') ? answer(Object.assign(new Error('5.1.1 no such mailbox here'), { responseCode: 550 })) : answer(),
    onData: async (stream, session, answer) => {
      let text = '';
      for await (const chunk of stream) text += chunk;
      const to = session.envelope.rcptTo.map(({ address }) => address);
      // Quoted-printable as far as our letters need it.
      this.letters.push({ to, text: text.replaceAll('=\r\n', '').replaceAll('=3D', '=') });
      answer(null, 'queued as 4711');
    },
  });

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    const listening = mail.server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return mail;
  }

  /** The variables by which a server sends its mail here. */
  get variables(): Record<string, string> {
    const { port } = this.server.server.address() as AddressInfo;
    return { CAIRN_SMTP_URL: `smtp://127.0.0.1:${port}`, CAIRN_MAIL_FROM: 'Cairn <cairn@example.test>' };
  }

  /** The link in the last letter to an address. */
  link(to: string): string {
    const letter = this.letters.findLast((letter) => letter.to.includes(to));
    const link = letter?.text.match(/^http\S+\/(?:invite|reset)\/\S+/m)?.[0];
    if (!link) throw new Error(`no letter with a link to ${to}: ${letter?.text}`);
    return link;
  }

  close(): void {
    this.server.close();
  }
}
