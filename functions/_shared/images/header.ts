// Reads the size of a picture from its header alone. The limits are checked on these numbers
// before a decoder sees a byte, so a small file that claims a huge picture costs nothing.
import { ImageError } from "./errors.ts";
import { orientationOf } from "./exif.ts";

export interface Header {
  contentType: "image/png" | "image/jpeg" | "image/webp" | "image/gif";
  /** As shown, that is after the EXIF orientation. */
  width: number;
  height: number;
  animated: boolean;
}

function damaged(): ImageError {
  return new ImageError("image_unreadable", "The file is damaged or cut off.");
}

class Reader {
  readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  private at(offset: number, size: number): number {
    if (offset < 0 || offset + size > this.bytes.length) throw damaged();
    return offset;
  }
  u8(offset: number): number {
    return this.view.getUint8(this.at(offset, 1));
  }
  u16(offset: number, little = false): number {
    return this.view.getUint16(this.at(offset, 2), little);
  }
  u24le(offset: number): number {
    return this.u16(offset, true) | (this.u8(offset + 2) << 16);
  }
  u32(offset: number, little = false): number {
    return this.view.getUint32(this.at(offset, 4), little);
  }
  text(offset: number, length: number): string {
    return String.fromCharCode(...this.bytes.subarray(offset, offset + length));
  }
}

export function readHeader(bytes: Uint8Array): Header {
  if (bytes.length === 0) throw new ImageError("image_unreadable", "The file is empty.");
  const reader = new Reader(bytes);
  if (reader.text(0, 8) === "\x89PNG\r\n\x1a\n") return readPng(reader);
  if (reader.text(0, 3) === "\xff\xd8\xff") return readJpeg(reader);
  if (reader.text(0, 4) === "RIFF" && reader.text(8, 4) === "WEBP") return readWebp(reader);
  if (/^GIF8[79]a/.test(reader.text(0, 6))) return readGif(reader);
  throw new ImageError("image_unsupported", "The file is not a PNG, JPEG, WebP or GIF picture.");
}

function turned(width: number, height: number, orientation: number): [number, number] {
  return orientation >= 5 ? [height, width] : [width, height];
}

function readPng(reader: Reader): Header {
  if (reader.text(12, 4) !== "IHDR") throw damaged();
  let animated = false;
  let orientation = 1;
  for (let at = 8; at + 8 <= reader.bytes.length; ) {
    const length = reader.u32(at);
    const type = reader.text(at + 4, 4);
    if (type === "acTL") animated = true;
    if (type === "eXIf")
      orientation = orientationOf(reader.bytes.subarray(at + 8, at + 8 + length));
    if (type === "IDAT") break;
    at += 12 + length;
  }
  const [width, height] = turned(reader.u32(16), reader.u32(20), orientation);
  return { contentType: "image/png", width, height, animated };
}

function readJpeg(reader: Reader): Header {
  let orientation = 1;
  for (let at = 2; ; ) {
    if (reader.u8(at) !== 0xff) throw damaged();
    const marker = reader.u8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill byte
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2; // markers without a length
      continue;
    }
    // The scan or the end before any frame header: there is no picture.
    if (marker === 0xd9 || marker === 0xda) throw damaged();
    const length = reader.u16(at + 2);
    if (length < 2) throw damaged();
    const isFrame =
      marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const [width, height] = turned(reader.u16(at + 7), reader.u16(at + 5), orientation);
      return { contentType: "image/jpeg", width, height, animated: false };
    }
    if (marker === 0xe1 && reader.text(at + 4, 6) === "Exif\0\0") {
      orientation = orientationOf(reader.bytes.subarray(at + 10, at + 2 + length));
    }
    at += 2 + length;
  }
}

function readWebp(reader: Reader): Header {
  const kind = reader.text(12, 4);
  const header = { contentType: "image/webp", animated: false } as const;
  if (kind === "VP8 ") {
    if (reader.text(23, 3) !== "\x9d\x01\x2a") throw damaged();
    return {
      ...header,
      width: reader.u16(26, true) & 0x3fff,
      height: reader.u16(28, true) & 0x3fff,
    };
  }
  if (kind === "VP8L") {
    if (reader.u8(20) !== 0x2f) throw damaged();
    const bits = reader.u32(21, true);
    return { ...header, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind !== "VP8X") throw damaged();
  let orientation = 1;
  for (let at = 30; at + 8 <= reader.bytes.length; ) {
    const length = reader.u32(at + 4, true);
    if (reader.text(at, 4) === "EXIF") {
      const data = reader.bytes.subarray(at + 8, at + 8 + length);
      // Some writers keep the JPEG prefix.
      const prefixed = String.fromCharCode(...data.subarray(0, 4)) === "Exif";
      orientation = orientationOf(prefixed ? data.subarray(6) : data);
    }
    at += 8 + length + (length & 1);
  }
  const [width, height] = turned(reader.u24le(24) + 1, reader.u24le(27) + 1, orientation);
  return { ...header, width, height, animated: (reader.u8(20) & 0x02) !== 0 };
}

function readGif(reader: Reader): Header {
  const colourTable = (packed: number) => (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);
  let width = reader.u16(6, true);
  let height = reader.u16(8, true);
  let frames = 0;
  let at = 13 + colourTable(reader.u8(10));
  const skipBlocks = () => {
    while (reader.u8(at) !== 0) at += 1 + reader.u8(at);
    at += 1;
  };
  while (frames < 2 && at < reader.bytes.length) {
    const block = reader.u8(at);
    if (block === 0x21) {
      at += 2;
      skipBlocks();
    } else if (block === 0x2c) {
      frames += 1;
      // A frame may claim to be larger than the screen; the decoder would make room for it.
      width = Math.max(width, reader.u16(at + 1, true) + reader.u16(at + 5, true));
      height = Math.max(height, reader.u16(at + 3, true) + reader.u16(at + 7, true));
      at += 11 + colourTable(reader.u8(at + 9));
      skipBlocks();
    } else break;
  }
  if (frames === 0) throw damaged();
  return { contentType: "image/gif", width, height, animated: frames > 1 };
}
