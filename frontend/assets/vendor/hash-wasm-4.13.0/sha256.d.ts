import { type IHasher } from "./WASMInterface.js";
import type { IDataType } from "./util.js";
/**
 * Calculates SHA-2 (SHA-256) hash
 * @param data Input data (string, Buffer or TypedArray)
 * @returns Computed hash as a hexadecimal string
 */
export declare function sha256(data: IDataType): Promise<string>;
/**
 * Creates a new SHA-2 (SHA-256) hash instance
 */
export declare function createSHA256(): Promise<IHasher>;
