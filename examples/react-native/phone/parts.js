// The parts of React Native 0.84 that need a phone, with their limits: blobs are made of texts alone. There is no network.
class Blob {
  constructor(parts = [], { type = '' } = {}) {
    if (parts.some((part) => part instanceof ArrayBuffer || ArrayBuffer.isView(part))) {
      throw new Error("Creating blobs from 'ArrayBuffer' and 'ArrayBufferView' are not supported");
    }
    this.text = parts.map((part) => (part instanceof Blob ? part.text : String(part))).join('');
    this.type = type;
  }
}

class FileReader {
  readAsText(blob) {
    this.#tell(blob.text);
  }
  readAsArrayBuffer(blob) {
    this.#tell(new TextEncoder().encode(blob.text).buffer);
  }
  async #tell(result) {
    this.result = await result;
    this.onload();
  }
}

class XMLHttpRequest {
  open() {}
  setRequestHeader() {}
  send() {
    setTimeout(() => this.onerror(), 0);
  }
}

class FormData {}

Object.assign(globalThis, { Blob, FileReader, FormData, XMLHttpRequest });
