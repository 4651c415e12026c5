"""A child for `sandbox.run_child` that does what its first argument says. Imports nothing of ours."""

import os
import socket
import sys
import time


def echo():
    sys.stdout.buffer.write(b"".join([sys.stdin.buffer.read(), *map(str.encode, sys.argv[2:])]))


def environment():
    sys.stdout.write("\n".join(os.environ))


def leave_a_file():
    with open("left-behind", "w") as file:  # the working folder is the child's own
        file.write("x")
    sys.stdout.write(os.getcwd())


def sleep():
    time.sleep(60)


def spin():
    while True:
        pass


def hoard():
    sys.stdout.write(str(len(bytearray(10**10))))


def flood():
    while True:
        sys.stdout.buffer.write(b"x" * 2**20)


def call_home():
    socket.create_connection(("127.0.0.1", int(sys.argv[2])))


def refuse():
    sys.stderr.write("some warning\nэто не паспорт\n")
    sys.exit(3)


def breed():
    if os.fork() == 0:
        time.sleep(2)
        with open(sys.argv[2], "w") as file:
            file.write("still alive")
    time.sleep(60)


def modules():
    sys.stdout.write("\n".join(sys.modules))


if __name__ == "__main__":
    globals()[sys.argv[1]]()
