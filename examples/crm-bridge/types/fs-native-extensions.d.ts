/** As much of it as is used here; the package has no types of its own. */
declare module 'fs-native-extensions' {
  /** Locks an open file for this process alone; false if somebody else holds it. The kernel drops the lock when the process ends, however it ends. */
  export const tryLock: (fd: number) => boolean
}
