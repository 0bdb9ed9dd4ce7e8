"""Makes a bucket on an S3 server, or copies what lies under a prefix into a folder, with boto3.

    python bucket.py make ENDPOINT BUCKET
    python bucket.py fetch ENDPOINT BUCKET PREFIX FOLDER
    python bucket.py flip ENDPOINT BUCKET KEY        one bit in the middle of an object
    python bucket.py delete ENDPOINT BUCKET KEY
"""

import os
import sys

import boto3
from botocore.config import Config


def main():
    action, endpoint, bucket, *rest = sys.argv[1:]
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="tests",
        aws_secret_access_key="tests",
        config=Config(retries={"max_attempts": 2}),
    )
    if action == "make":
        client.create_bucket(Bucket=bucket)
    elif action == "fetch":
        prefix, folder = rest
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix + "/")
        for page in pages:
            for entry in page.get("Contents", []):
                path = os.path.join(folder, entry["Key"].removeprefix(prefix + "/"))
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as file:
                    file.write(client.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read())
        uploads = client.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
        print(f"{len(uploads)} unfinished uploads")
    elif action == "flip":
        (key,) = rest
        content = bytearray(client.get_object(Bucket=bucket, Key=key)["Body"].read())
        content[len(content) // 2] ^= 1
        client.put_object(Bucket=bucket, Key=key, Body=bytes(content))
    elif action == "delete":
        (key,) = rest
        client.delete_object(Bucket=bucket, Key=key)
    else:
        sys.exit(f"unknown action `{action}`")


if __name__ == "__main__":
    main()
