import type { Middleware } from '../server/middleware.ts';

/** What the plugin reads of Vite's configuration. */
export type ViteConfig = {
  /** The folder of the project. */
  readonly root: string;
  /** Where Vite prints. */
  readonly logger: {
    /** Prints a line. */
    info(line: string): void;
    /** Prints what went wrong. */
    error(line: string): void;
  };
  /** The plugins, by which it is known whose server this is. */
  readonly plugins: readonly {
    /** The name that a plugin gives itself. */
    readonly name: string;
  }[];
  /** Where the dev server is to listen. */
  readonly server: ViteAddress;
  /** Where the preview server is to listen. */
  readonly preview: ViteAddress;
};

/** Where a server is to listen. */
export type ViteAddress = {
  /** The port that is tried first. */
  readonly port?: number | undefined;
  /** The address of this machine; `true` for all. */
  readonly host?: string | boolean | undefined;
  /** Certificates, where it speaks HTTPS. */
  readonly https?: object | undefined;
};

/** The server of HTTP below Vite's, in types that need none of Node's. */
export type ViteHttpServer = {
  /** Calls the listener at each event of the name. */
  on(event: string, listener: (...args: never[]) => void): unknown;
  /** Where it listens, once it does. */
  address():
    | string
    | {
        /** The port. */
        readonly port: number;
      }
    | null;
};

/** A dev server or a preview server of Vite's, in types that need none of Vite's. */
export type ViteServer = {
  /** The configuration as it was resolved. */
  readonly config: ViteConfig;
  /** What answers requests; those that come first are asked first. */
  readonly middlewares: {
    /** Adds one. */
    use(middleware: Middleware): unknown;
  };
  /** What listens; `null` where Vite is a part of another server. */
  readonly httpServer: ViteHttpServer | null;
  /** Its parts, each of which tells the plugins of its end; a preview server has none. */
  readonly environments?: { readonly [name: string]: object };
  /** Prints where it is reached. */
  printUrls(): void;
};
