/** An object of the SDK, as far as the emulator goes about with it. */
export type SdkObject = {
  id?: string | undefined;
  readonly className: string;
  readonly attributes: { readonly [name: string]: unknown };
  get(name: string): unknown;
  set(name: string | object, value?: unknown, options?: object): unknown;
  revert(...names: string[]): void;
  existed(): boolean;
  toJSON(): { [name: string]: unknown };
  equals(other: unknown): boolean;
  // The SDK's own inside, which Parse Server uses in the same way.
  _getSaveJSON(): { [name: string]: unknown };
  _setExisted(existed: boolean): void;
  _getStateIdentifier(): unknown;
  _toFullJSON?(): unknown;
};

/** A query of the SDK. */
export type SdkQuery = { withJSON(json: object): unknown; toJSON(): { readonly [name: string]: unknown } };

/** A file of the SDK. */
export type SdkFile = {
  name(): string;
  url(): string | undefined;
  tags(): object;
  metadata(): object;
  setTags?(tags: object): void;
  setMetadata?(metadata: object): void;
  getData?(): Promise<string>;
  readonly _data?: string;
  readonly _source?: { readonly type?: string };
};

type Constructor<Instance, Arguments extends unknown[]> = new (...given: Arguments) => Instance;

/** As much of `parse/node` as the emulator needs; versions 5 to 8 agree in it. */
export type ParseSdk = {
  initialize(applicationId: string, javaScriptKey?: string, masterKey?: string): void;
  serverURL: string;
  Server?: unknown;
  readonly Cloud: object;
  readonly CoreManager: {
    get(name: string): unknown;
    setRESTController(controller: object): void;
    getObjectStateController(): { getPendingOps(identifier: unknown): readonly { readonly [name: string]: unknown }[] };
  };
  readonly Object: Constructor<SdkObject, [className?: string]> & { fromJSON(json: object): SdkObject };
  readonly Query: Constructor<SdkQuery, [className: string]>;
  readonly File: Constructor<SdkFile, [name: string, data: object, type?: string]> & {
    fromJSON(json: object): SdkFile;
  };
  readonly Config: Constructor<{ attributes: object }, []>;
  readonly Error: Constructor<Error & { readonly code: number }, [code: number, message: unknown]>;
  _encode(value: unknown): unknown;
  _decode(key: undefined, values: object): object;
};
