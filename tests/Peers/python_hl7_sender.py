"""Sends HL7 v2 messages with python3-hl7, one after the other over one connection.

python_hl7_sender.py HOST PORT SECONDS FILE...
Prints one JSON line for each answer: {"code": MSA-1, "controlId": MSA-2, "text": the answer as received}.
"""
import json
import sys

import hl7
from hl7.client import MLLPClient

host, port, seconds, *files = sys.argv[1:]
with MLLPClient(host, int(port)) as client:
    client.socket.settimeout(float(seconds))
    for name in files:
        with open(name, "rb") as file:
            framed = client.send_message(file.read())
        if not (framed.startswith(b"\x0b") and framed.endswith(b"\x1c\r")):
            sys.exit(f"the answer is no frame: {len(framed)} bytes")
        text = framed[1:-2].decode("utf-8")
        answer = hl7.parse(text)
        print(json.dumps({"code": str(answer["MSA"][0][1]), "controlId": str(answer["MSA"][0][2]), "text": text}), flush=True)
