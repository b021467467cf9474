// in an app these two come first; they have parts of the phone's own, and need one:
// import 'react-native-get-random-values';
// import 'react-native-url-polyfill/auto';
import 'fast-text-encoding';
import { Event, EventTarget } from 'event-target-shim';
import { ReadableStream, TransformStream } from 'web-streams-polyfill';

class MessageEvent extends Event {
  constructor(type, { data, ...init } = {}) {
    super(type, init);
    this.data = data;
  }
}

/** MSW tells other tabs of sockets by it; a phone has none. */
class BroadcastChannel extends EventTarget {
  postMessage() {}
  close() {}
}

Object.assign(globalThis, { BroadcastChannel, Event, EventTarget, MessageEvent, ReadableStream, TransformStream });

// From 2.14 on MSW makes a new response of the `body` of the one that it is given. React Native's has none, and the answer
// would be empty.
Object.defineProperty(Response.prototype, 'body', {
  configurable: true,
  get() {
    return this._bodyInit ?? null;
  },
});
